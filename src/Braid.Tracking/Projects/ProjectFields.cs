using Braid.Tracking.Filters;

namespace Braid.Tracking.Projects;

/// <summary>The attributes of a project that filters and orders may name.</summary>
public static class ProjectFields
{
    public static Field Id { get; } = new Field.Attribute("id", FieldKind.Text);
    public static Field Number { get; } = new Field.Attribute("number", FieldKind.Number);
    public static Field Name { get; } = new Field.Attribute("name", FieldKind.Text);
    public static Field BaseName { get; } = new Field.Attribute("base_name", FieldKind.Text);
    public static Field Parent { get; } = new Field.Attribute("parent_id", FieldKind.Text);
    public static Field Description { get; } = new Field.Attribute("description", FieldKind.Text);
    public static Field User { get; } = new Field.Attribute("user_name", FieldKind.Text);
    public static Field Created { get; } = new Field.Attribute("created", FieldKind.Time);
    public static Field LastUpdate { get; } = new Field.Attribute("last_update", FieldKind.Time);
}
