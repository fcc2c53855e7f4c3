namespace Braid.Client.Configuration;

/// <summary>A file <c>.env</c>: <c>NAME=value</c> lines, with or without <c>export</c> and quotes; <c>#</c> begins a comment.</summary>
internal static class DotEnv
{
    /// <summary>Empty when there is no such file.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllLines(path)) : Parse([]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"cannot read {path}: {error.Message}", error);
        }
    }

    public static Dictionary<string, string> Parse(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>();
        foreach (var line in lines.Select(line => line.Trim()))
        {
            var assignment = line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..] : line;
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !line.StartsWith('#'))
            {
                values[assignment[..equals].Trim()] = Unquoted(assignment[(equals + 1)..].Trim());
            }
        }

        return values;
    }

    private static string Unquoted(string text)
    {
        if (text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0])
        {
            return text[1..^1];
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }
}
