namespace Braid.Gateway.Pachyderm.Calls;

/// <summary>How far a call of the protocol is answered; docs/protocols/pachyderm.md says the same, checked by a test.</summary>
internal enum CallState
{
    /// <summary>It answers that it is not supported.</summary>
    NotYet,

    /// <summary>Some of its options are refused, or are accepted and change nothing.</summary>
    Partly,
    Works,
}
