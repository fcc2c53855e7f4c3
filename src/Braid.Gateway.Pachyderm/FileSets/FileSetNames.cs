using Braid.Data.History;
using Braid.Data.Naming;

namespace Braid.Gateway.Pachyderm.FileSets;

/// <summary>Ids and lives of file sets as clients write them.</summary>
internal static class FileSetNames
{
    public static Result<Hex32> Id(string text) => Hex32.TryParse(text, out var id) ? id : Errors.BadFileSetId(text);

    public static Result<IReadOnlyList<Hex32>> Ids(IEnumerable<string> texts)
    {
        var ids = new List<Hex32>();
        foreach (var text in texts)
        {
            if (!Id(text).TryGet(out var id, out var error))
            {
                return error;
            }

            ids.Add(id);
        }

        return ids;
    }

    /// <summary>None given is the usual one.</summary>
    public static TimeSpan Life(long seconds) =>
        seconds == 0
            ? Braid.Data.FileSets.FileSets.UsualLife
            : TimeSpan.FromSeconds(Math.Clamp(seconds, -1, int.MaxValue));

    /// <summary>A file of a file set, to be read as one of a commit.</summary>
    public static Result<Braid.Data.Content.FileAt> FileAt(string id, string path) =>
        Id(id)
            .Select(set => new Braid.Data.Content.FileAt(
                new(RepoName.DefaultProject, Braid.Data.FileSets.FileSet.RepoName),
                CommitSpec.OfId(new(set)),
                path
            ));
}
