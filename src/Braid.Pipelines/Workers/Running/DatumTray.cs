using Braid.Pipelines.Workers.Inputs;
using Braid.Pipelines.Workers.Outputs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// Where a datum's files lie while its program does not run: its inputs before, its inputs and its output after. Trays are used
/// again and again, since making and removing folders is much of what a small datum costs.
/// </summary>
internal sealed class DatumTray(string path)
{
    public InputFolder Inputs { get; } = new(Directory.CreateDirectory(Path.Combine(path, "in")).FullName);

    public string Output { get; } = Directory.CreateDirectory(Path.Combine(path, "out")).FullName;

    public SandboxPaths Paths => new(Inputs.Path, Output);

    /// <summary>Makes it ready for another datum.</summary>
    public void Clear()
    {
        Inputs.Clear();
        Scratch.Empty(Output);
    }
}
