using Braid.Access.Credentials;
using Braid.Compute.Processes;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers;
using Braid.Primitives;

namespace Braid.Pipelines.Programs;

/// <summary>
/// The files that one run of a program sees beyond the system's: its configurations of Pachyderm's and ClearML's clients, and
/// its secrets. They are for this server's user alone, and go when the program ends.
/// </summary>
internal sealed class ProgramFolder : IDisposable
{
    private const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string folder;
    private readonly List<Mount> mounts = [];

    private ProgramFolder(string folder, MountedSecrets secrets) =>
        (this.folder, Variables) = (folder, secrets.Variables);

    /// <summary>Where more can be put that goes with it.</summary>
    public string Path => folder;

    public IReadOnlyList<Mount> Mounts => mounts;

    public void Add(IEnumerable<Mount> more) => mounts.AddRange(more);

    /// <summary>The secrets that the spec wants in variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    public static async Task<Result<ProgramFolder>> MakeAsync(
        string path,
        PipelineRow pipeline,
        PipelineSpec spec,
        KeyPair keys,
        DoorEndpoints doors,
        SecretCatalog secrets,
        Database database,
        CancellationToken ct
    )
    {
        var opened = await database.ReadAsync(db => MountedSecrets.OpenAsync(db, secrets, spec.Transform.Secrets), ct);
        if (!opened.TryGet(out var mounted, out var error))
        {
            return error;
        }

        var made = new ProgramFolder(Directory.CreateDirectory(path, mine).FullName, mounted);
        var config = Directory.CreateDirectory(System.IO.Path.Combine(path, "config")).FullName;
        await File.WriteAllTextAsync(
            System.IO.Path.Combine(config, ProgramEnvironment.ConfigFile),
            ProgramEnvironment.Config(pipeline, doors, keys),
            ct
        );
        made.Add([new(config, ProgramEnvironment.ConfigFolder, Writable: false)]);
        made.Add([ClearMLConfig.Write(path), .. mounted.WriteFiles(path)]);
        return made;
    }

    public void Dispose() => Scratch.Remove(folder);
}
