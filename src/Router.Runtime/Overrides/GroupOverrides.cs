namespace RouterGen;

/// <summary>What configuration says of a group: of each property whose row of the table allows it.</summary>
internal sealed class GroupOverrides(LiveGroupSettings settings)
{
    private static readonly DeclaredProperty[] Overridable = [.. GroupProperties.All.Where(static property => property.IsOverridable)];
    private static readonly string[] Names = [.. Overridable.Select(static property => property.Name), "Deployments"];

    private readonly OverrideKey<double>[] _keys = Array.ConvertAll(Overridable, OverrideText.KeyOf);

    public void Apply(OverrideSection section)
    {
        section.WarnOfUnknown(Names, "setting of a group");
        bool changed = false;
        foreach (OverrideKey<double> key in _keys) changed |= key.Read(section);
        if (changed) settings.Override(_keys.Where(static key => key.Value is not null).ToDictionary(static key => key.Name, static key => key.Value!.Value));
    }
}
