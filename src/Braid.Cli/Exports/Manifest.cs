using System.Text;

namespace Braid.Cli.Exports;

/// <summary>The list of SHA-256 sums that <c>sha256sum -c</c> checks.</summary>
internal sealed class Manifest(Stream into) : IAsyncDisposable
{
    /// <summary>Its name, unless the repo has a file of that name.</summary>
    public const string Name = "SHA256SUMS";

    public const string OtherName = "SHA256SUMS.braid";

    private readonly StreamWriter lines = new(into, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);

    /// <param name="path">Relative to where the manifest is.</param>
    public Task AddAsync(byte[] sum, string path) => lines.WriteAsync(Line(Convert.ToHexStringLower(sum), path));

    public ValueTask DisposeAsync() => lines.DisposeAsync();

    /// <summary>A name with a backslash or a line break is escaped, and the line says so with a backslash before it.</summary>
    private static string Line(string sum, string path) =>
        path.AsSpan().ContainsAny("\\\n\r")
            ? $"\\{sum}  {path.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r")}\n"
            : $"{sum}  {path}\n";
}
