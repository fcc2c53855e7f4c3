namespace Braid.Load.Machine;

/// <summary>A folder for everything that a run makes; gone at its end.</summary>
internal sealed class WorkFolder : IDisposable
{
    private int names;

    public WorkFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        Path = Directory
            .CreateDirectory(System.IO.Path.Combine(parent, $"braid-load-{Environment.ProcessId}"))
            .FullName;
    }

    public string Path { get; }

    /// <summary>A name that nothing has yet.</summary>
    public string New(string name) => System.IO.Path.Combine(Path, $"{name}-{++names}");

    public static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>Bytes of all files in a folder.</summary>
    public static long Size(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
