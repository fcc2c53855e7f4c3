using System.Text;
using System.Text.Json;
using Braid.Gateway.MLflow.Wire;
using Braid.Tracking;
using Braid.Tracking.Inputs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>The protocol's form of a run's inputs: the datasets its program named, and the commits the system gave it.</summary>
internal static class DatasetJson
{
    /// <summary>The source type of a commit.</summary>
    public const string CommitSource = "braid";

    private const string context = "mlflow.data.context";

    public static IEnumerable<DatasetInput> Of(RunView view) => view.Commits.Select(Of).Concat(view.Datasets);

    /// <summary>A commit as a dataset: named by its repo, with the commit as its digest and the input's name as its context.</summary>
    public static DatasetInput Of(RunInput input) =>
        new(new(input.Repo, input.Commit, CommitSource, Source(input)), [new Tag(context, input.Name)]);

    public static void Write(Utf8JsonWriter json, DatasetInput input)
    {
        json.Pairs("tags", input.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
        json.Object("dataset", dataset => WriteDataset(dataset, input.Dataset));
    }

    private static void WriteDataset(Utf8JsonWriter json, Dataset dataset)
    {
        json.WriteString("name", dataset.Name);
        json.WriteString("digest", dataset.Digest);
        json.WriteString("source_type", dataset.SourceType);
        json.WriteString("source", dataset.Source);
        json.Text("schema", dataset.Schema);
        json.Text("profile", dataset.Profile);
    }

    private static string Source(RunInput input)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("repo", input.Repo);
            json.WriteString("branch", input.Branch);
            json.WriteString("commit", input.Commit);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
