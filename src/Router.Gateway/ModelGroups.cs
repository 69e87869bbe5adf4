namespace RouterGen;

/// <summary>Groups that stay what they are, such as those of a class: <c>new ModelGroups(models.Chat, models.Search)</c>.</summary>
public sealed class ModelGroups : IModelGroups
{
    private readonly ModelGroup[] _groups;
    private readonly Dictionary<string, ModelGroup> _byName;

    /// <summary>Makes a list of groups.</summary>
    /// <param name="groups">The groups, of each name one.</param>
    /// <exception cref="ArgumentException">Two groups have the same name.</exception>
    public ModelGroups(params IEnumerable<ModelGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _groups = [.. groups];
        _byName = _groups.ToDictionary(static group => group.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ModelGroup> Groups => _groups;

    /// <inheritdoc/>
    public ModelGroup? Find(string name) => _byName.GetValueOrDefault(name);
}
