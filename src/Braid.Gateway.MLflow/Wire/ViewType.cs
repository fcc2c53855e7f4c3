using Braid.Tracking;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>Which lifecycle stages a search shows: a name, or its number.</summary>
internal static class ViewType
{
    public static Lifecycle Read(Fields fields, string name)
    {
        // An enum may come as its number.
        var view = fields.Raw(name)?.ToString();
        switch (view)
        {
            case null or "" or "ACTIVE_ONLY" or "1":
                return Lifecycle.Active;
            case "DELETED_ONLY" or "2":
                return Lifecycle.Trashed;
            case "ALL" or "3":
                return Lifecycle.Any;
            default:
                fields.Refuse(Errors.InvalidValue(name, view, "it is one of ACTIVE_ONLY, DELETED_ONLY, ALL."));
                return Lifecycle.Active;
        }
    }
}
