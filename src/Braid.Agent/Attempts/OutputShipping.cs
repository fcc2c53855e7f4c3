using Braid.Agent.Protocol;
using Braid.Compute.Files;
using Braid.Primitives;

namespace Braid.Agent.Attempts;

/// <summary>
/// Sends what an attempt leaves in its folder: event files of TensorBoard's while they grow, every other file once it has ended. What the
/// server refuses, or fails to take for a while, is told to the agent's owner and with the attempt's end, and passed over: it keeps no
/// attempt from ending.
/// </summary>
internal sealed class OutputShipping(AttemptParts parts, AttemptName attempt)
{
    /// <summary>A look through a large folder takes long: it is done so much less often.</summary>
    private const int idleForLook = 20;

    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(2);

    /// <summary>A server that fails for so long with one file is asked once for each of the others, until it takes one.</summary>
    private static readonly TimeSpan longestFailing = TimeSpan.FromMinutes(2);

    private readonly string folder = OutputFolder.Of(parts.Options.Folder, attempt);
    private readonly Dictionary<string, (long Length, long Next)> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> refused = new(StringComparer.Ordinal);
    private TimeSpan patience = longestFailing;

    /// <summary>Sends what event files grow by, until <paramref name="ended"/>.</summary>
    public async Task FollowAsync(CancellationToken ended)
    {
        for (var wait = shortest; ; )
        {
            await Task.Delay(wait, parts.Clock, ended);
            var start = parts.Clock.GetTimestamp();
            await SendEventsAsync(ended);
            var pause = parts.Clock.GetElapsedTime(start) * idleForLook;
            wait = pause > shortest ? pause : shortest;
        }
    }

    /// <summary>Sends the rest, when the program has ended.</summary>
    /// <returns>What is not kept, for people; empty when all is.</returns>
    public async Task<string> FinishAsync(CancellationToken ct)
    {
        await SendEventsAsync(ct);
        foreach (var path in FolderFiles.Find(folder, name => !IsEventFile(name)))
        {
            var sent = await SendAsync(path, 0, parts.Server.SendFileAsync, ct);
            Told(path, sent.Error);
        }

        return refused.Count == 0 ? "" : $"{refused.Count} of its files are not kept, such as {refused.First().Value}";
    }

    /// <summary>As TensorBoard tells them.</summary>
    private static bool IsEventFile(string name) => name.Contains("tfevents", StringComparison.Ordinal);

    private async Task SendEventsAsync(CancellationToken ct)
    {
        foreach (var path in FolderFiles.Find(folder, IsEventFile))
        {
            var length = new FileInfo(Path.Combine(folder, path)) is { Exists: true } file ? file.Length : 0;
            var (before, next) = taken.GetValueOrDefault(path);
            if (length == before)
            {
                continue;
            }

            next = length < before ? 0 : next; // another file
            var sent = await SendAsync(
                path,
                next,
                (of, rest, token) => parts.Server.SendEventsAsync(of, next, rest, token),
                ct
            );
            var isFailing = sent.Error?.Code == Errors.FailedCode;
            taken[path] = (
                isFailing ? before : length, // it is sent again when it can be
                sent.TryGet(out var answer, out var error) ? answer?.Next ?? next : next
            );
            Told(path, error);
        }
    }

    /// <summary>Null when the file went away, or is none that may be read.</summary>
    private async Task<Result<T?>> SendAsync<T>(
        string path,
        long offset,
        Func<NodeOutput, Stream, CancellationToken, Task<Result<T>>> send,
        CancellationToken ct
    )
        where T : class
    {
        var sent = await parts.Persistence.AskAsync<T?>(
            async token =>
            {
                await using var file = FolderRoot.OpenRegular(folder, path);
                if (file is null)
                {
                    return (T?)null;
                }

                file.Position = offset;
                var of = new NodeOutput(parts.Options.Node, parts.Epoch, attempt, path);
                return (await send(of, file, token)).Select(answer => (T?)answer);
            },
            patience,
            ct
        );
        patience = sent.Error?.Code == Errors.FailedCode ? TimeSpan.Zero : longestFailing;
        return sent;
    }

    private void Told(string path, Error? error)
    {
        if (error is null)
        {
            refused.Remove(path);
        }
        else if (refused.TryAdd(path, $"{path}: {error.Message}"))
        {
            parts.Options.Warn($"{attempt.Replica}: {path} is not kept: {error.Message}");
        }
    }
}
