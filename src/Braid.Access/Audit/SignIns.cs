using System.Collections.Concurrent;
using Braid.Access.Callers;
using Braid.Metadata;

namespace Braid.Access.Audit;

/// <summary>
/// Tells the audit log who signed in, and which key pairs were refused. A refusal costs no more than a note in memory, which
/// <see cref="StepAsync"/> writes down now and then with how often it came: guessing fills neither the memory nor the log.
/// </summary>
public sealed class SignIns(Database database, TimeProvider clock)
{
    private const string signIn = "session.sign-in";
    private const string refusal = "access.bad-credentials";

    /// <summary>Different refusals that are kept apart between two steps; all others are one.</summary>
    private const int mostNotes = 200;

    private readonly ConcurrentDictionary<(string User, string Door, string Address), int> refused = new();

    /// <summary>Somebody signed in to stay.</summary>
    public Task SignedInAsync(Caller caller, CancellationToken ct) =>
        database.WriteAsync(db => db.TellAsync(caller, new(signIn, caller.Name), clock.GetUtcNow()), ct);

    /// <summary>Writes down what was noted. One step of a loop.</summary>
    /// <returns>False: there is nothing more to do at once.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var noted = refused.ToArray();
        if (noted.Length == 0)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async db =>
            {
                foreach (var ((user, door, address), times) in noted)
                {
                    var act = new AuditedAct(signIn, user, times == 1 ? "" : $"{times} times");
                    await AuditRows.AddAsync(db, user, new(door, address), act, refusal, now);
                }
            },
            ct
        );
        foreach (var note in noted)
        {
            if (!refused.TryRemove(note))
            {
                refused.AddOrUpdate(note.Key, 0, (_, times) => times - note.Value);
            }
        }

        return false;
    }

    /// <summary>A signature was not made with the secret of the caller whose key it names.</summary>
    public void Refuse(Caller claimed) => Refuse(claimed.Name, claimed.Origin ?? CallerOrigin.Unknown);

    /// <summary>A pair was refused.</summary>
    /// <param name="user">Whose key it is; empty when it is nobody's: what was sent in its place may be a secret.</param>
    internal void Refuse(string user, CallerOrigin origin)
    {
        var key = (user, origin.Door, origin.Address);
        refused.AddOrUpdate(
            refused.Count < mostNotes || refused.ContainsKey(key) ? key : ("", origin.Door, ""),
            1,
            (_, times) => times + 1
        );
    }
}
