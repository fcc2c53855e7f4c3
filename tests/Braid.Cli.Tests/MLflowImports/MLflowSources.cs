using System.Formats.Tar;
using System.IO.Compression;
using Braid.Testing;

namespace Braid.Cli.Tests.MLflowImports;

/// <summary>Unpacks what MLflow's own clients wrote (<c>Sources/README.md</c>).</summary>
internal static class MLflowSources
{
    /// <summary>What <c>--from</c> is to name.</summary>
    public static async Task<string> UnpackAsync(string name, string folder)
    {
        var archive = Repository.PathOf("tests", "Braid.Cli.Tests", "MLflowImports", "Sources", $"{name}.tar.gz");
        await using var file = File.OpenRead(archive);
        await using var content = new GZipStream(file, CompressionMode.Decompress);
        Directory.CreateDirectory(folder);
        await TarFile.ExtractToDirectoryAsync(content, folder, overwriteFiles: true);
        return name.StartsWith("mlruns", StringComparison.Ordinal)
            ? Path.Combine(folder, "mlruns")
            : $"sqlite:///{Path.Combine(folder, "mlflow.db")}";
    }
}
