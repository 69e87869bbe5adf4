namespace RouterGen;

/// <summary>Model groups by name, such as those of a file. They may change while the program runs.</summary>
public interface IModelGroups
{
    /// <summary>Gets the groups as they are now, in the order of their declaration.</summary>
    IReadOnlyList<ModelGroup> Groups { get; }

    /// <summary>Returns the group of that name as it is now; null where there is none.</summary>
    /// <param name="name">The name, as it was declared; upper and lower case differ.</param>
    ModelGroup? Find(string name);
}
