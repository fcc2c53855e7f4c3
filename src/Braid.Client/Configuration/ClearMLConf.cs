using System.Text;

namespace Braid.Client.Configuration;

/// <summary>
/// What of <c>clearml.conf</c> (HOCON) tells where the server is: plain values in nested objects, as <c>clearml-init</c> writes them.
/// Substitutions and includes are left alone. The answer's keys are dotted: <c>api.credentials.access_key</c>.
/// </summary>
internal static class ClearMLConf
{
    public static string PathOf(Func<string, string?> variable) =>
        variable("CLEARML_CONFIG_FILE") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "clearml.conf");

    /// <summary>Empty when there is no such file.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : new Dictionary<string, string>();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"cannot read {path}: {error.Message}", error);
        }
    }

    public static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>();
        var within = new Stack<string>();
        var key = "";
        for (var at = 0; at < text.Length; )
        {
            switch (text[at])
            {
                case '{':
                    within.Push(key);
                    (key, at) = ("", at + 1);
                    break;
                case '}':
                    within.TryPop(out _);
                    (key, at) = ("", at + 1);
                    break;
                case '#':
                case '/' when text[at..].StartsWith("//", StringComparison.Ordinal):
                    at = EndOfLine(text, at);
                    break;
                case ':' or '=' or ',' or '\n' or '\r' or ' ' or '\t' or '[' or ']':
                    at++;
                    break;
                default:
                    var word = Word(text, ref at, isKey: key.Length == 0);
                    if (key.Length == 0)
                    {
                        key = word;
                    }
                    else
                    {
                        values[string.Join('.', within.Reverse().Append(key).Where(part => part.Length > 0))] = word;
                        key = "";
                    }

                    break;
            }
        }

        return values;
    }

    private static string Word(string text, ref int at, bool isKey)
    {
        if (text[at] is '"' or '\'')
        {
            var close = text.IndexOf(text[at], at + 1);
            var quoted = text[(at + 1)..(close < 0 ? text.Length : close)];
            at = close < 0 ? text.Length : close + 1;
            return quoted;
        }

        var word = new StringBuilder();
        for (; at < text.Length && !EndsWord(text, at, isKey); at++)
        {
            word.Append(text[at]);
        }

        return word.ToString().TrimEnd();
    }

    private static bool EndsWord(string text, int at, bool isKey) =>
        text[at] switch
        {
            '{' or '}' or ',' or '\n' or '\r' or '[' or ']' => true,
            ':' or '=' or ' ' or '\t' => isKey,
            '#' => text[at - 1] is ' ' or '\t',
            '/' => text[at - 1] is ' ' or '\t' && text[at..].StartsWith("//", StringComparison.Ordinal),
            _ => false,
        };

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
}
