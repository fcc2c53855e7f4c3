namespace Braid.Scoring.Python;

/// <summary>What Python would raise at this place; callers put it into words of the protocol.</summary>
/// <param name="type">The exception's class.</param>
internal sealed class PythonError(string type, string message) : Exception(message)
{
    /// <summary>As Python's <c>repr</c> shows it.</summary>
    public string Repr => $"{type}({PythonText.Repr(Message)})";
}
