using System.Security.Cryptography;
using System.Text;

namespace Braid.Cli.Uploads;

/// <summary>
/// A part of a large upload that is sent, and if need be sent again, as a whole.
/// </summary>
/// <param name="Parts">In order; either ranges of files, or one thing that can be read only once.</param>
internal sealed record Segment(IReadOnlyList<UploadPart> Parts)
{
    public const long MostBytes = 64L * 1024 * 1024;
    private const int mostFiles = 16 * 1024;

    // A cut that depends on a file's name finds its place again when files before it came or went.
    private const int fewestFiles = 512;
    private const int filesBetweenCuts = 4096;

    /// <summary>Cuts what is to be put, in order. Equal neighbours give equal segments, wherever they stand.</summary>
    public static IEnumerable<Segment> Of(IEnumerable<UploadPart> parts)
    {
        var (files, bytes) = (new List<FilePart>(), 0L);
        foreach (var part in parts.SelectMany(Ranges))
        {
            var file = part as FilePart;
            if (files.Count > 0 && (file is null || bytes + file.Length > MostBytes || IsCut(files)))
            {
                yield return new(files);
                (files, bytes) = ([], 0);
            }

            if (file is null)
            {
                yield return new([part]);
            }
            else
            {
                files.Add(file);
                bytes += file.Length;
            }
        }

        if (files.Count > 0)
        {
            yield return new(files);
        }
    }

    /// <summary>
    /// Names what it would send: the same files with the same sizes and times, to the same paths. Null for what is not files.
    /// </summary>
    public string? Key(bool append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(append ? "append"u8 : "replace"u8);
        foreach (var part in Parts)
        {
            if (part is not FilePart file)
            {
                return null;
            }

            var words = $"\0{file.Path}\0{Path.GetFullPath(file.From)}\0{file.Offset}\0{file.Length}\0{file.Modified}";
            hash.AppendData(Encoding.UTF8.GetBytes(words));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<UploadPart> Ranges(UploadPart part) =>
        part is FilePart { Length: > MostBytes } file ? file.Cut(MostBytes) : [part];

    private static bool IsCut(List<FilePart> files) =>
        files.Count == mostFiles || (files.Count >= fewestFiles && NumberOf(files[^1].Path) % filesBetweenCuts == 0);

    /// <summary>FNV-1a: the same on every machine and run.</summary>
    private static uint NumberOf(string path)
    {
        var number = 2166136261u;
        foreach (var c in path)
        {
            number = (number ^ c) * 16777619;
        }

        return number;
    }
}
