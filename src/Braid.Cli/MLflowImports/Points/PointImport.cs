using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Sources;
using Braid.Gateway.MLflow.Imports;

namespace Braid.Cli.MLflowImports.Points;

/// <summary>What the server holds of a run or model, counted and digested.</summary>
internal readonly record struct Stored(long Count, string Digest)
{
    public static Stored Of(SetDigest digest) => new(digest.Count, digest.ToString());

    public static Stored Of(JsonObject check, string what) =>
        new(check.Object(what).Time("count") ?? 0, check.Object(what).Text("digest"));
}

/// <summary>Sends points in batches, and compares what is stored then with what was read.</summary>
internal sealed class PointImport(ImportTarget target)
{
    private const string api = "/api/2.0/braid/import";

    /// <summary>What is stored of a run (<c>run_id</c>) or a logged model (<c>model_id</c>).</summary>
    public async Task<JsonObject> CheckAsync(string ownerField, string owner, CancellationToken ct) =>
        await target.GetAsync($"{api}/check?{ownerField}={owner}", ct)
        ?? throw new Refused("it is not here, although the server has taken it: was it deleted meanwhile?");

    /// <summary>How many points there are over there, once all of them are stored here.</summary>
    /// <param name="read">Reads them, from the start.</param>
    /// <param name="existed">The owner was here before, perhaps with all of its points.</param>
    /// <returns>The number of points, and whether any had to be sent.</returns>
    /// <exception cref="Refused">What is stored is not what was read.</exception>
    public async Task<(long Count, bool Sent)> SendAsync(
        string ownerField,
        string owner,
        Func<IAsyncEnumerable<SourcePoint>> read,
        bool existed,
        CancellationToken ct
    )
    {
        if (existed)
        {
            var there = Stored.Of(await DigestAsync(read(), ct));
            if (there == Stored.Of(await CheckAsync(ownerField, owner, ct), "points"))
            {
                return (there.Count, Sent: false);
            }
        }

        var sent = await SendAsync(ownerField, owner, read(), ct);
        var stored =
            sent.Count > 0 || existed ? Stored.Of(await CheckAsync(ownerField, owner, ct), "points") : Stored.Of(sent);
        return stored == Stored.Of(sent)
            ? (sent.Count, Sent: sent.Count > 0)
            : throw new Refused(
                stored.Count > sent.Count
                    ? $"{stored.Count} points are here and {sent.Count} over there: somebody has logged to it here, so they cannot be compared"
                    : $"{stored.Count} points are stored of the {sent.Count} that were sent, or others than these"
            );
    }

    private async Task<SetDigest> SendAsync(
        string ownerField,
        string owner,
        IAsyncEnumerable<SourcePoint> points,
        CancellationToken ct
    )
    {
        var digest = new DigestOfPoints();
        var batch = new PointBatch(ownerField, owner);
        await foreach (var point in points.WithCancellation(ct))
        {
            digest.Add(point);
            batch.Add(point);
            if (batch.IsFull)
            {
                await target.PostAsync($"{api}/points", batch.Take(), ct);
            }
        }

        if (!batch.IsEmpty)
        {
            await target.PostAsync($"{api}/points", batch.Take(), ct);
        }

        return digest.Digest;
    }

    private static async Task<SetDigest> DigestAsync(IAsyncEnumerable<SourcePoint> points, CancellationToken ct)
    {
        var digest = new DigestOfPoints();
        await foreach (var point in points.WithCancellation(ct))
        {
            digest.Add(point);
        }

        return digest.Digest;
    }

    /// <summary>Digests points as they pass; those of one key come together.</summary>
    private sealed class DigestOfPoints
    {
        private SetDigest digest;
        private PointKey key;
        private string? name;

        public SetDigest Digest => digest;

        public void Add(SourcePoint point)
        {
            if (point.Key != name)
            {
                (name, key) = (point.Key, PointKey.Of(point.Key));
            }

            digest.AddPoint(key, point.Timestamp, point.Step, point.Value);
        }
    }
}
