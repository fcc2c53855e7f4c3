using Braid.Pipelines.Workers.Outputs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>What lay under <c>/pfs</c> when a datum's program had ended, set aside: its inputs and its output.</summary>
internal sealed class DatumFolder(string path)
{
    public string Inputs { get; } = Directory.CreateDirectory(Path.Combine(path, "in")).FullName;

    public string Output { get; } = Directory.CreateDirectory(Path.Combine(path, "out")).FullName;

    public SandboxPaths Paths => new(Inputs, Output);

    public void Remove() => Scratch.Remove(path);
}
