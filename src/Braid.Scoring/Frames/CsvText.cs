using System.Globalization;
using System.Text;

namespace Braid.Scoring.Frames;

/// <summary>Cuts CSV into fields: commas, double quotes, lines that end with LF or CR LF; empty lines are none.</summary>
internal static class CsvText
{
    /// <exception cref="FormatException">A quote is never closed.</exception>
    public static List<string[]> Rows(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        for (var at = 0; at < text.Length; )
        {
            var field = Field(text, ref at, rows.Count);
            row.Add(field);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at < text.Length)
                {
                    continue;
                }

                row.Add("");
            }

            at = AfterLine(text, at);
            if (row is not [""])
            {
                rows.Add([.. row]);
            }

            row.Clear();
        }

        return rows;
    }

    private static int AfterLine(string text, int at)
    {
        if (at < text.Length && text[at] == '\r')
        {
            at++;
        }

        return at < text.Length && text[at] == '\n' ? at + 1 : at;
    }

    private static string Field(string text, ref int at, int row)
    {
        var field = new StringBuilder();
        while (at < text.Length && text[at] is not (',' or '\n' or '\r'))
        {
            if (text[at] == '"' && field.Length == 0)
            {
                at = Quoted(text, at + 1, field, row);
            }
            else
            {
                field.Append(text[at++]);
            }
        }

        return field.ToString();
    }

    private static int Quoted(string text, int at, StringBuilder field, int row)
    {
        while (true)
        {
            var end = text.IndexOf('"', at);
            if (end < 0)
            {
                throw new FormatException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Error tokenizing data. C error: EOF inside string starting at row {row}"
                    )
                );
            }

            field.Append(text, at, end - at);
            if (end + 1 >= text.Length || text[end + 1] != '"')
            {
                return end + 1;
            }

            field.Append('"');
            at = end + 2;
        }
    }
}
