type Values = Readonly<Record<string, string>>;

const VARIABLE = /\\(\$)|\$(?:(\w+)|\{(\w+)((?:\\\}|[^}])*)\})/g;

/**
 * `$X`, `${X}`, `${X:-word}` and the like, as Docker expands them outside RUN and CMD; quotes stay, as in a here
 * document.
 */
export function expandVariables(text: string, values: Values): string {
  return text.replace(VARIABLE, (_whole, escaped, plain: string | undefined, braced: string, modifier = '') => {
    if (escaped) return '$';
    return plain !== undefined ? (values[plain] ?? '') : modified(values[braced], modifier, values);
  });
}

/** The same for a word of an instruction: quotes and escapes are taken off, and in single quotes nothing is expanded. */
export function expandWord(word: string, values: Values): string {
  const parts = word.match(/'[^']*'?|"(?:\\.|[^"\\])*"?|(?:\$\{(?:\\\}|[^}])*\}|\\.|[^'"\\]|\\$)+?(?=['"]|$)/gs) ?? [];
  return parts
    .map((part) => {
      if (part.startsWith("'")) return part.replaceAll("'", '');
      const isQuoted = part.startsWith('"');
      const inner = isQuoted ? part.replace(/^"|(?<!\\)"$/g, '') : part;
      return expandPlain(inner, values, isQuoted);
    })
    .join('');
}

/** Text without quotes around it; a backslash makes the next character plain, in double quotes only before `"$\`. */
function expandPlain(text: string, values: Values, isQuoted: boolean): string {
  const escaped = isQuoted ? /\\(["$\\])/ : /\\(.)/;
  return text
    .split(/(\\.|\$\{(?:\\\}|[^}])*\}|\$\w+)/s)
    .map((part) => {
      if (part.startsWith('\\')) return part.replace(escaped, '$1');
      return part.startsWith('$') ? expandVariables(part, values) : part;
    })
    .join('');
}

/** What follows the name in `${name…}`: a default, a replacement, or a pattern to take off. */
function modified(value: string | undefined, modifier: string, values: Values): string {
  const [, operator = '', word = ''] = /^(:?[-+?]|##?|%%?|\/\/?)?(.*)$/s.exec(modifier) ?? [];
  const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
  switch (operator.replace(':', '')) {
    case '-':
      return isSet ? value : expandWord(word, values);
    case '+':
      return isSet ? expandWord(word, values) : '';
    case '#':
      return (value ?? '').replace(new RegExp(`^${patternSource(word, '.*?')}`, 's'), '');
    case '##':
      return (value ?? '').replace(new RegExp(`^${patternSource(word, '.*')}`, 's'), '');
    case '%':
      return withoutEnd(value ?? '', word, false);
    case '%%':
      return withoutEnd(value ?? '', word, true);
    case '/':
    case '//': {
      const [from = '', to = ''] = word.split(/(?<!\\)\/(.*)/s);
      return (value ?? '').replace(new RegExp(patternSource(from, '.*'), operator === '//' ? 'gs' : 's'), () => to);
    }
    default:
      return value ?? '';
  }
}

/** The shortest end that fits is taken off, or the longest. */
function withoutEnd(value: string, word: string, isLongest: boolean): string {
  const fits = new RegExp(`^${patternSource(word, '.*')}$`, 's');
  const ends = Array.from({ length: value.length + 1 }, (_, at) => at);
  const at = (isLongest ? ends : ends.reverse()).find((each) => fits.test(value.slice(each)));
  return at === undefined ? value : value.slice(0, at);
}

/** A shell pattern as the source of a regular expression; `star` is what `*` becomes. */
function patternSource(glob: string, star: '.*' | '.*?'): string {
  return glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', star)
    .replace(/(?<!\*)\?/g, '.');
}
