using System.Text;

namespace Braid.Workloads.Queued;

/// <summary>Splits a text into words as a shell does: at blanks, outside of quotes; a backslash takes what follows as it is.</summary>
internal static class CommandLine
{
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\\' && quote != '\'' && at + 1 < text.Length)
            {
                word.Append(text[++at]);
                isWord = true;
            }
            else if (quote != '\0' && letter != quote)
            {
                word.Append(letter);
            }
            else if (letter is '"' or '\'')
            {
                quote = quote == '\0' ? letter : '\0';
                isWord = true;
            }
            else if (!char.IsWhiteSpace(letter))
            {
                word.Append(letter);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
