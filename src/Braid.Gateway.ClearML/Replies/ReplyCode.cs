namespace Braid.Gateway.ClearML.Replies;

/// <summary>
/// What clients match on. The code is the HTTP status too, and never above 500: the SDK repeats such a request for ever.
/// </summary>
internal readonly record struct ReplyCode(int Code, int Subcode)
{
    public static ReplyCode Ok => new(200, 0);

    public static ReplyCode ServerError => new(500, 0);
}
