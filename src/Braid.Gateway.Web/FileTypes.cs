using System.Collections.Frozen;

namespace Braid.Gateway.Web;

/// <summary>What a file is sent as, by its name; what a browser could make nothing of is bytes.</summary>
internal static class FileTypes
{
    private const string text = "text/plain; charset=utf-8";

    private static readonly FrozenDictionary<string, string> types = new Dictionary<string, string>
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".bmp"] = "image/bmp",
        [".ico"] = "image/x-icon",
        [".svg"] = "image/svg+xml",
        [".html"] = "text/html; charset=utf-8",
        [".htm"] = "text/html; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".wav"] = "audio/wav",
        [".mp3"] = "audio/mpeg",
        [".ogg"] = "audio/ogg",
        [".flac"] = "audio/flac",
        [".m4a"] = "audio/mp4",
        [".mp4"] = "video/mp4",
        [".webm"] = "video/webm",
        [".txt"] = text,
        [".log"] = text,
        [".md"] = text,
        [".csv"] = "text/csv; charset=utf-8",
        [".tsv"] = text,
        [".yaml"] = text,
        [".yml"] = text,
        [".toml"] = text,
        [".py"] = text,
        [".diff"] = text,
        [".patch"] = text,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Of(string name) =>
        types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
}
