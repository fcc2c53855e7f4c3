using System.Text;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>Values of secrets, as the program of a job is to see them.</summary>
internal sealed record OpenedSecrets(Dictionary<string, string> Variables, List<SecretText> Files)
{
    public void Add(SecretMount mount, IReadOnlyDictionary<string, byte[]> values)
    {
        if (mount.EnvVar.Length > 0)
        {
            Variables[mount.EnvVar] = Encoding.UTF8.GetString(values[mount.Key]);
        }

        if (mount.MountPath.Length > 0)
        {
            Files.AddRange(
                values
                    .Where(value => mount.Key.Length == 0 || value.Key == mount.Key)
                    .Select(value => new SecretText(mount.MountPath, value.Key, value.Value))
            );
        }
    }
}

/// <summary>A file that holds a value of a secret.</summary>
internal sealed record SecretText(string Folder, string Name, byte[] Value);
