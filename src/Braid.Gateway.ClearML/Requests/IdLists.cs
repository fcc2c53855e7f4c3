using Braid.Primitives;

namespace Braid.Gateway.ClearML.Requests;

internal static class IdLists
{
    /// <summary>As many as any page has, many times over, and few enough for one question to a store.</summary>
    private const int most = 10_000;

    /// <summary>The ids of a list that are ids at all; null when there is no list.</summary>
    public static IReadOnlyList<T>? Ids<T>(this Fields fields, string name, Func<Hex32, T> of)
    {
        if (!fields.Has(name))
        {
            return null;
        }

        var texts = fields.Names(name);
        if (texts.Count > most)
        {
            fields.Refuse(Errors.InvalidField(name, $"{most} ids at most (there are {texts.Count})"));
        }

        return [.. texts.Where(text => Hex32.TryParse(text, out _)).Select(text => of(Hex32.Parse(text)))];
    }
}
