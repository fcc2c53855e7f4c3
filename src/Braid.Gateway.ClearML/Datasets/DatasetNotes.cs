using System.Globalization;
using Braid.Data.History;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Datasets;

/// <summary>What a version's task says of its commit: user properties, which every client shows.</summary>
internal static class DatasetNotes
{
    public const string Section = "properties";
    private const string commitName = "braid_commit";
    private const string problemName = "braid_problem";
    private const string linksName = "braid_links";

    /// <param name="links">Files of the version that lie elsewhere, so that the commit does not have them.</param>
    public static RunChange Done(Commit commit, int links)
    {
        var notes = new List<RunParameter> { Note(commitName, $"{commit.Name}") };
        if (links > 0)
        {
            notes.Add(Note(linksName, links.ToString(CultureInfo.InvariantCulture)));
        }

        return new()
        {
            IsNote = true,
            Parameters = new() { Set = notes, Remove = [(Section, problemName)] },
        };
    }

    public static RunChange Failed(string problem) =>
        new()
        {
            IsNote = true,
            Parameters = new() { Set = [Note(problemName, problem)] },
        };

    private static RunParameter Note(string name, string value) => new(Section, name, value);
}
