namespace Braid.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Braid.slnx</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Braid.slnx")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new InvalidOperationException($"no Braid.slnx above {AppContext.BaseDirectory}");
}
