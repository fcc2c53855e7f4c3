using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Cli.OfflineSessions;

/// <summary>Pictures in plots: <c>layout.images[].source</c> of Plotly's JSON is a path where the session ran.</summary>
internal sealed class PlotImages(OfflineFiles files)
{
    /// <summary>The plot with the addresses of its pictures on the file server. A plot that is no JSON stays as it is.</summary>
    public async Task<string> MovedAsync(string plot, CancellationToken ct)
    {
        if (Parse(plot) is not { } figure || figure["layout"]?["images"] is not JsonArray images)
        {
            return plot;
        }

        foreach (var image in images.OfType<JsonObject>())
        {
            if (OfflineTask.Text(image, "source") is { } source && await files.AddressOfAsync(source, ct) is { } moved)
            {
                image["source"] = moved;
            }
        }

        return figure.ToJsonString();
    }

    private static JsonObject? Parse(string plot)
    {
        try
        {
            return LenientJson.Parse(Encoding.UTF8.GetBytes(plot)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
