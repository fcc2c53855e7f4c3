namespace Braid.Client.Jobs;

/// <summary>What a program inside a pipeline's job sees: its input and output folders and its IDs.</summary>
public sealed class PipelineJob
{
    private readonly string root;
    private readonly Func<string, string?> variable;

    internal PipelineJob(string root, Func<string, string?> variable)
    {
        this.root = root;
        this.variable = variable;
    }

    /// <summary>The job that this process belongs to.</summary>
    public static PipelineJob Current { get; } = new("/pfs", Environment.GetEnvironmentVariable);

    /// <summary>The job's ID, which is its run's; null outside a job.</summary>
    public string? Id => variable("PACH_JOB_ID");

    /// <summary>The datum's ID; null outside a job.</summary>
    public string? DatumId => variable("PACH_DATUM_ID");

    /// <summary>Where output goes: what is written below it becomes the output commit.</summary>
    public string Out => Path.Combine(root, "out");

    /// <summary>The folder of an input: the whole of it, of which the datum's files are there.</summary>
    public string Input(string name) => Path.Combine(root, name);

    /// <summary>The commit that an input is read from; null outside a job.</summary>
    public string? InputCommit(string name) => variable($"{name}_COMMIT");

    /// <summary>The datum's files of an input, in order of their paths.</summary>
    public IEnumerable<string> InputFiles(string name) =>
        Directory.EnumerateFiles(Input(name), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>The path below <see cref="Out"/> with its folders made.</summary>
    public string OutputFile(string path)
    {
        var full = Path.Combine(Out, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full) ?? Out);
        return full;
    }
}
