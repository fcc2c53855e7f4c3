using System.Text;
using Braid.Compute.Processes;
using Braid.Metadata;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Secrets;

/// <summary>Values of secrets, opened as the program of a spec is to see them: in variables and in files.</summary>
internal sealed class MountedSecrets
{
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly List<(string Place, string Name, byte[] Value)> files = [];

    private MountedSecrets() { }

    public IReadOnlyDictionary<string, string> Variables => variables;

    /// <summary>Refused when a secret, or a key of one, is not there.</summary>
    public static async Task<Result<MountedSecrets>> OpenAsync(
        DbRead db,
        SecretCatalog secrets,
        IReadOnlyList<SecretMount> mounts
    )
    {
        var opened = new MountedSecrets();
        foreach (var mount in mounts)
        {
            if (!(await secrets.ReadAllAsync(db, mount.Name)).TryGet(out var values, out var missing))
            {
                return missing;
            }

            if (mount.Key.Length > 0 && !values.ContainsKey(mount.Key))
            {
                return Errors.MissingSecretKey(mount.Name, mount.Key);
            }

            opened.Add(mount, values);
        }

        return opened;
    }

    /// <summary>Writes the files below a folder that only the server's user may enter: one folder for each place.</summary>
    public IReadOnlyList<Mount> WriteFiles(string folder)
    {
        var mounts = new List<Mount>();
        foreach (var place in files.GroupBy(file => file.Place, StringComparer.Ordinal))
        {
            var source = Directory.CreateDirectory(Path.Combine(folder, "secrets", $"{mounts.Count}")).FullName;
            foreach (var file in place)
            {
                File.WriteAllBytes(Path.Combine(source, Path.GetFileName(file.Name)), file.Value);
            }

            mounts.Add(new(source, place.Key, Writable: false));
        }

        return mounts;
    }

    private void Add(SecretMount mount, IReadOnlyDictionary<string, byte[]> values)
    {
        if (mount.EnvVar.Length > 0)
        {
            variables[mount.EnvVar] = Encoding.UTF8.GetString(values[mount.Key]);
        }

        if (mount.MountPath.Length > 0)
        {
            files.AddRange(
                values
                    .Where(value => mount.Key.Length == 0 || value.Key == mount.Key)
                    .Select(value => (mount.MountPath, value.Key, value.Value))
            );
        }
    }
}
