namespace Braid.Testing;

/// <summary>Compares text with a file of the repository. <c>./build golden</c> rewrites the files instead.</summary>
public static class Golden
{
    private static readonly bool rewrites = Environment.GetEnvironmentVariable("BRAID_GOLDEN") == "rewrite";

    /// <param name="file">The file's path from the repository's root.</param>
    /// <param name="actual">What it should hold.</param>
    public static void Match(string file, string actual)
    {
        var path = Repository.PathOf(file.Split('/'));
        if (rewrites)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual)
        {
            throw new GoldenMismatchException(
                $"{file} differs (./build golden rewrites it).\nExpected:\n{expected}\nActual:\n{actual}"
            );
        }
    }
}

/// <summary>A text is not what its golden file holds.</summary>
public sealed class GoldenMismatchException(string message) : Exception(message);
