using Braid.Tracking.Filters;

namespace Braid.Tracking.Projects;

/// <summary>The attributes of a project that filters and orders may name.</summary>
public static class ProjectFields
{
    public static Field Id { get; } = new Field.Attribute("e.id", FieldKind.Text);
    public static Field Number { get; } = new Field.Attribute("e.number", FieldKind.Number);
    public static Field Name { get; } = new Field.Attribute("e.name", FieldKind.Text);
    public static Field BaseName { get; } = new Field.Attribute("e.base_name", FieldKind.Text);
    public static Field Parent { get; } = new Field.Attribute("e.parent_id", FieldKind.Text);
    public static Field Description { get; } = new Field.Attribute("e.description", FieldKind.Text);
    public static Field User { get; } = new Field.Attribute("e.user_name", FieldKind.Text);
    public static Field Created { get; } = new Field.Attribute("e.created", FieldKind.Time);
    public static Field LastUpdate { get; } = new Field.Attribute("e.last_update", FieldKind.Time);
}
