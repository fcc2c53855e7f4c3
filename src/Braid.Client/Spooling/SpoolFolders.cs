using System.Text.Json;
using Braid.Client.Backends;

namespace Braid.Client.Spooling;

/// <summary>A backend as a spool remembers it. Credentials are never written down.</summary>
internal sealed record SpooledBackend(string Name, string Address);

/// <summary>What a spool is of.</summary>
/// <param name="Start">The run.</param>
/// <param name="Launch">What the ranks of one distributed training have in common; empty when it is none.</param>
/// <param name="Backends">Where it is to be sent.</param>
internal sealed record SpoolContent(RunStart Start, string Launch, IReadOnlyList<SpooledBackend> Backends);

/// <summary>A spool's folder that this process holds: nobody else sends from it meanwhile.</summary>
internal sealed record HeldFolder(string Path, FileStream Lock) : IDisposable
{
    /// <summary>The spool folder that it is in.</summary>
    public string Root => System.IO.Path.GetDirectoryName(Path) ?? Path;

    /// <summary>Its own name, which no other start of a run has.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public void Dispose() => Lock.Dispose();
}

/// <summary>
/// The folders of spooled runs, one below the root for each: <c>run.json</c> says what it is, <c>lock</c> is held by whoever
/// writes or sends it, <c>NAME.done</c> says that backend NAME has all of it.
/// </summary>
internal static class SpoolFolders
{
    private const string description = "run.json";
    private const string gone = ".gone";

    /// <summary>A folder for a new run, below the first of the roots that can be written to; null when none can.</summary>
    /// <param name="roots">Spool folders, the best first.</param>
    /// <param name="content">What will be in it.</param>
    /// <param name="report">Is told why a root is passed over.</param>
    public static HeldFolder? Create(IEnumerable<string> roots, SpoolContent content, Action<string> report)
    {
        foreach (var root in roots)
        {
            try
            {
                return Create(root, content);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                report($"what is logged is not kept in {root}: {error.Message}");
            }
        }

        return null;
    }

    /// <summary>
    /// The user's own that nobody holds: their programs are over. Each is held until it is disposed. What belongs to somebody else is
    /// not looked at.
    /// </summary>
    public static IEnumerable<HeldFolder> Left(string root, uint user)
    {
        foreach (var folder in Own(root, user))
        {
            if (TryHold(folder) is not { } held)
            {
                continue;
            }

            if (folder.EndsWith(gone, StringComparison.Ordinal))
            {
                Delete(held); // a program was killed while it removed this
                continue;
            }

            yield return held;
        }
    }

    /// <summary>The paths of the user's own, those that are in use too, the oldest first.</summary>
    public static IReadOnlyList<string> Own(string root, uint user) =>
        Directory.Exists(root) && FolderAccess.MayHoldSpoolsOf(user, root)
            ?
            [
                .. Directory
                    .GetDirectories(root)
                    .Where(folder => FolderAccess.IsOf(user, folder) && File.Exists(DescriptionOf(folder)))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>Null when somebody else holds it.</summary>
    public static HeldFolder? TryHold(string folder)
    {
        try
        {
            var path = Path.Combine(folder, "lock");
            return new(folder, new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static SpoolContent Read(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(DescriptionOf(folder)));
        return SpoolDescription.Read(json.RootElement);
    }

    /// <summary>The file that says what the run is; it is there from the beginning.</summary>
    public static string DescriptionOf(string folder) => Path.Combine(folder, description);

    public static void Done(string folder, string backend) =>
        File.WriteAllBytes(Path.Combine(folder, backend + ".done"), []);

    public static bool IsDone(string folder, string backend) => File.Exists(Path.Combine(folder, backend + ".done"));

    /// <summary>First under another name: who looks for what is left meanwhile must not find half of it.</summary>
    public static void Remove(HeldFolder folder)
    {
        var renamed = folder with { Path = folder.Path + gone };
        Directory.Move(folder.Path, renamed.Path);
        Delete(renamed);
    }

    private static void Delete(HeldFolder folder)
    {
        Directory.Delete(folder.Path, recursive: true);
        folder.Dispose();
    }

    private static HeldFolder Create(string root, SpoolContent content)
    {
        MakeOwn(root);
        if (!FolderAccess.MayHoldSpoolsOf(FolderAccess.Me, root))
        {
            throw new UnauthorizedAccessException("it belongs to another user");
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds(content.Start.StartedAt);
        var folder = Path.Combine(root, $"{time:yyyyMMdd-HHmmss}-{RandomId.Of(8)}");
        MakeOwn(folder);
        var held = TryHold(folder) ?? throw new IOException($"{folder} is held by another process");
        using var file = File.Create(DescriptionOf(folder));
        using var json = new Utf8JsonWriter(file);
        SpoolDescription.Write(json, content);
        return held;
    }

    /// <summary>What is logged is nobody else's business.</summary>
    private static void MakeOwn(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }
}
