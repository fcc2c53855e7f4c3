using System.Collections.Concurrent;
using Braid.Access.Texts;
using Braid.Metadata;

namespace Braid.Access.Credentials;

/// <summary>
/// When, and from which machine, each key pair was used last. A use costs no more than a note in memory, which
/// <see cref="StepAsync"/> writes down now and then; a server that is killed forgets the uses since.
/// </summary>
public sealed class KeyUses(Database database, TimeProvider clock)
{
    private const int longestMachine = 200;

    private readonly ConcurrentDictionary<string, KeyUse> notes = new(StringComparer.Ordinal);

    /// <summary>Writes down what was noted. One step of a loop.</summary>
    /// <returns>False: there is nothing more to do at once.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var noted = notes.ToArray();
        if (noted.Length == 0)
        {
            return false;
        }

        await database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "UPDATE access_key SET last_used_at = @At, last_used_from = @From WHERE access_key = @Key",
                    noted.Select(note => new
                    {
                        note.Key,
                        note.Value.At,
                        note.Value.From,
                    })
                ),
            ct
        );
        foreach (var note in noted)
        {
            notes.TryRemove(note);
        }

        return false;
    }

    /// <summary>Only of keys that were found right, so that strangers cannot fill the memory.</summary>
    /// <param name="from">What the client calls its machine; empty when it does not say.</param>
    internal void Note(string accessKey, string from) =>
        notes[accessKey] = new(clock.GetUtcNow(), DisplayText.IsFit(from, longestMachine) ? from : "");

    /// <summary>A use that may not be written down yet.</summary>
    internal KeyUse? Last(string accessKey) => notes.TryGetValue(accessKey, out var use) ? use : null;
}

/// <summary>A use of a key pair.</summary>
internal sealed record KeyUse(DateTimeOffset At, string From);
