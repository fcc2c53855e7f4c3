using Braid.Cli.Mounting.Nodes;
using Braid.Grpc.Statuses;

namespace Braid.Cli.Mounting.Reading;

/// <summary>
/// The names of one directory of a commit, looked up one by one: whoever asks for several in a row will ask for those that follow,
/// so they are fetched together. When what was fetched ahead is not asked for, it is left at single names.
/// </summary>
internal sealed class NamesAhead(
    Func<string, CancellationToken, Task<FoundPath?>> find,
    ReadPage read,
    string directory
)
{
    private const int firstMisses = 4;
    private const int page = 1000;
    private const int most = 20_000;
    private const int trialPages = 4;
    private const int leastHitsOfPage = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<string, FoundPath> known = new(StringComparer.Ordinal);
    private Task fetching = Task.CompletedTask;
    private int misses;
    private int pages;
    private long hits;

    public async ValueTask<FoundPath?> FindAsync(string name, CancellationToken ct)
    {
        if (Known(name) is { } there)
        {
            return there;
        }

        var ahead = Volatile.Read(ref fetching);
        if (!ahead.IsCompleted)
        {
            await ahead.WaitAsync(ct);
            if (Known(name) is { } now)
            {
                return now;
            }
        }

        var found = await find(name, ct);
        if (found is { } missed)
        {
            Missed(missed);
        }

        return found;
    }

    private FoundPath? Known(string name)
    {
        lock (gate)
        {
            if (!known.TryGetValue(name, out var found))
            {
                return null;
            }

            hits++;
            return found;
        }
    }

    private void Missed(FoundPath found)
    {
        lock (gate)
        {
            misses++;
            var pays = pages < trialPages || hits >= (long)pages * leastHitsOfPage;
            if (misses >= firstMisses && pays && fetching.IsCompleted)
            {
                pages++;
                fetching = FetchAsync(found);
            }
        }
    }

    /// <summary>Never fails: what could not be fetched ahead is asked for by name.</summary>
    private async Task FetchAsync(FoundPath after)
    {
        try
        {
            // A directory's own path ends in a slash.
            var marker = TreeNode.Below(directory, after.Name) + (after.IsDirectory ? "/" : "");
            var (children, _) = await read(marker, page, CancellationToken.None);
            lock (gate)
            {
                if (known.Count + children.Count > most)
                {
                    known.Clear();
                }

                foreach (var child in children)
                {
                    known[child.Name] = child;
                }
            }
        }
        catch (GrpcException)
        {
            // The look-up that comes next meets the same server, and says so.
        }
    }
}
