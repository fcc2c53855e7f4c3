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
/// The files that one run of a program sees beyond the system's: its configuration of Pachyderm's clients, and its secrets.
/// They are for this server's user alone, and go when the program ends.
/// </summary>
internal sealed class ProgramFolder : IDisposable
{
    private const UnixFileMode secret = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string folder;
    private readonly List<Mount> mounts = [];
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);

    private ProgramFolder(string folder) => this.folder = folder;

    /// <summary>Where more can be put that goes with it.</summary>
    public string Path => folder;

    public IReadOnlyList<Mount> Mounts => mounts;

    public void Add(Mount mount) => mounts.Add(mount);

    /// <summary>The secrets that the spec wants in variables.</summary>
    public IReadOnlyDictionary<string, string> Variables => variables;

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
        var made = new ProgramFolder(Directory.CreateDirectory(path, secret).FullName);
        await made.AddAsync(
            ProgramEnvironment.ConfigFolder,
            [
                new(
                    ProgramEnvironment.ConfigFile,
                    System.Text.Encoding.UTF8.GetBytes(ProgramEnvironment.Config(pipeline, doors, keys))
                ),
            ],
            ct
        );
        foreach (var wanted in spec.Transform.Secrets)
        {
            var read = await database.ReadAsync(db => secrets.ReadAllAsync(db, wanted.Name), ct);
            if (!read.TryGet(out var values, out var error))
            {
                made.Dispose();
                return error;
            }

            await made.AddSecretAsync(wanted, values, ct);
        }

        return made;
    }

    public void Dispose() => Scratch.Remove(folder);

    private async Task AddSecretAsync(
        SecretMount wanted,
        IReadOnlyDictionary<string, byte[]> values,
        CancellationToken ct
    )
    {
        if (wanted.EnvVar.Length > 0 && values.TryGetValue(wanted.Key, out var value))
        {
            variables[wanted.EnvVar] = System.Text.Encoding.UTF8.GetString(value);
        }

        if (wanted.MountPath.Length > 0)
        {
            await AddAsync(wanted.MountPath, values.Where(pair => wanted.Key is "" || wanted.Key == pair.Key), ct);
        }
    }

    private async Task AddAsync(string target, IEnumerable<KeyValuePair<string, byte[]>> files, CancellationToken ct)
    {
        var source = Directory.CreateDirectory(System.IO.Path.Combine(folder, $"{mounts.Count}"), secret).FullName;
        foreach (var (name, bytes) in files)
        {
            await File.WriteAllBytesAsync(System.IO.Path.Combine(source, System.IO.Path.GetFileName(name)), bytes, ct);
        }

        mounts.Add(new(source, target, Writable: false));
    }
}
