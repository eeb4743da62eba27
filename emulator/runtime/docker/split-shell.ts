/** One simple command of a line, and the operator after it. */
export interface ShellPart {
  readonly command: string;
  readonly operator: '' | '&&' | '||' | ';' | '|' | '&' | '\n';
}

const OPERATOR = /^(&&|\|\||;|\||&(?![>\d])|\n)/;

/** Splits at the operators of the top level: those inside quotes and parentheses do not count. */
export function splitShell(line: string): ShellPart[] {
  const parts: ShellPart[] = [];
  let command = '';
  let quote = '';
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === '\\' && quote !== "'") {
      command += char + line.charAt(++at);
      continue;
    }
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (/["'`]/.test(char)) quote = char;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    const operator =
      quote === '' && depth === 0 && !/[<>]$/.test(command) ? OPERATOR.exec(line.slice(at))?.[1] : undefined;
    if (operator === undefined) {
      command += char;
    } else {
      parts.push({ command: command.trim(), operator: operator as ShellPart['operator'] });
      command = '';
      at += operator.length - 1;
    }
  }
  parts.push({ command: command.trim(), operator: '' });
  return parts.filter((part) => part.command !== '');
}
