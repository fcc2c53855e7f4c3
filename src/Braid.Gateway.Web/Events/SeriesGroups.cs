using Braid.TensorBoard;
using Braid.TensorBoard.Hot;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Events;

/// <summary>Columns of many tags as the samples of each series, in the order of the file.</summary>
internal static class SeriesGroups
{
    public static IReadOnlyList<SeriesSamples> Of(ScalarColumns columns, TagTable tags, string directory)
    {
        // Two tags may be one series: "loss" and "loss/loss".
        var series = new Dictionary<SeriesName, List<Sample>>();
        var ofTag = new List<Sample>?[tags.Count];
        for (var row = 0; row < columns.Count; row++)
        {
            var tag = columns.Tags[row];
            var samples = ofTag[tag] ??= ListOf(SeriesName.FromKey(Names.KeyOf(directory, tags[tag])));
            samples.Add(new(columns.Steps[row], WallTime.ToMilliseconds(columns.WallTimes[row]), columns.Values[row]));
        }

        return [.. series.Select(one => new SeriesSamples(one.Key, one.Value))];

        List<Sample> ListOf(SeriesName name) => series.TryGetValue(name, out var samples) ? samples : series[name] = [];
    }
}
