using System.Globalization;

namespace Braid.Cli.MLflowImports;

/// <summary>What an import did, and what it did not take and why.</summary>
internal sealed class ImportReport(TextWriter error)
{
    public Count Experiments { get; } = new("experiments");
    public Count Runs { get; } = new("runs");
    public Count Points { get; } = new("points");
    public Count Parameters { get; } = new("params");
    public Count Tags { get; } = new("tags");
    public Count Datasets { get; } = new("datasets");
    public Count Artifacts { get; } = new("artifacts");
    public Count LoggedModels { get; } = new("logged models");
    public Count Names { get; } = new("models");
    public Count Versions { get; } = new("versions");

    /// <summary>Bytes of artifacts, of which some were here before.</summary>
    public long Bytes { get; set; }

    /// <summary>Things that were not taken, or arrived as something else.</summary>
    public long Failures { get; private set; }

    /// <summary>Says what was not taken, and why; the import ends with exit code 1.</summary>
    public void Fail(string what, string why)
    {
        Failures++;
        error.WriteLine($"not taken: {what}: {why}");
    }

    /// <summary>Says something that is not as it was, and is no failure.</summary>
    public void Tell(string what) => error.WriteLine(what);

    /// <summary>A line for each kind of thing: how many are here now, and how many of them were not before.</summary>
    public void Write(TextWriter output)
    {
        Count[] all = [Experiments, Runs, Points, Parameters, Tags, Datasets, Artifacts, LoggedModels, Names, Versions];
        output.Write($"{"", -15}{"VERIFIED", 12}{"NEW", 12}\n");
        foreach (var count in all)
        {
            output.Write($"{count.What, -15}{Number(count.Total), 12}{Number(count.New), 12}\n");
        }

        output.Write($"{"artifact bytes", -15}{Number(Bytes), 12}\n");
        output.Write($"{"not taken", -15}{Number(Failures), 12}\n");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A kind of thing, counted.</summary>
    internal sealed class Count(string what)
    {
        public string What => what;

        /// <summary>Read back from the server as they are in the source.</summary>
        public long Total { get; private set; }

        public long New { get; private set; }

        public void Add(long number, bool isNew)
        {
            Total += number;
            New += isNew ? number : 0;
        }
    }
}
