namespace Braid.Access.Audit;

/// <summary>What somebody did, or tried to do, in the words of the audit log.</summary>
/// <param name="Action">Kind and verb: <c>user.delete</c>.</param>
/// <param name="Target">What it was done to, by name or id. Never a secret.</param>
/// <param name="Details">What it was changed to, where that is short and no secret.</param>
public sealed record AuditedAct(string Action, string Target, string Details = "");
