namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>Content types by file name, as MLflow's own server guesses them.</summary>
internal static class ContentTypes
{
    private const string bytes = "application/octet-stream";
    private const string text = "text/plain";

    private static readonly HashSet<string> plain = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt",
        ".log",
        ".md",
        ".yaml",
        ".yml",
        ".cfg",
        ".ini",
        ".conf",
        ".toml",
        ".err",
        ".out",
        ".py",
        ".r",
        ".sh",
        ".sql",
        ".tsv",
        ".rst",
    };

    private static readonly Dictionary<string, string> others = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "application/json",
        [".csv"] = "text/csv",
        [".html"] = "text/html",
        [".htm"] = "text/html",
        [".xml"] = "text/xml",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".svg"] = "image/svg+xml",
        [".zip"] = "application/zip",
        [".tar"] = "application/x-tar",
    };

    public static string Of(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var extension = Path.GetExtension(name);
        return name is "MLmodel" or "MLproject" || plain.Contains(extension) ? text
            : others.TryGetValue(extension, out var type) ? type
            : bytes;
    }
}
