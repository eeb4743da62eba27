const VARIABLE = /\\(\$)|\$(?:(\w+)|\{(\w+)(?:(:?[-+])((?:\\\}|[^}])*))?\})/g;

/** `$X`, `${X}`, `${X:-word}` and `${X:+word}`, as Docker expands them outside RUN and CMD. */
export function expandVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (_whole, escaped, plain, braced, operator: string | undefined, word: string = '') => {
    if (escaped) return '$';
    const value = values[plain ?? braced];
    const given = value !== undefined && !(operator?.startsWith(':') && value === '');
    if (operator?.endsWith('-')) return given ? (value ?? '') : expandVariables(word, values);
    if (operator?.endsWith('+')) return given ? expandVariables(word, values) : '';
    return value ?? '';
  });
}
