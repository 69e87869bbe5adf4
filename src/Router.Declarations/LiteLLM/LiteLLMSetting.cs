using RouterGen.Declarations.Arguments;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>A setting of LiteLLM's, and what becomes of it.</summary>
/// <param name="Name">Its name.</param>
internal sealed record LiteLLMSetting(string Name)
{
    /// <summary>The property that it states; null where it takes more than that to read it, or where it has no effect.</summary>
    public string? Property { get; private init; }

    /// <summary>What its number is multiplied with to be the property's.</summary>
    public decimal Scale { get; private init; } = 1;

    /// <summary>Why it has no effect and what to use instead; null where it has one.</summary>
    public string? Advice { get; private init; }

    /// <summary>The settings of a part that properties have the names of.</summary>
    public static IEnumerable<LiteLLMSetting> Of(LiteLLMPart part, IEnumerable<DeclaredProperty> properties) =>
        from property in properties
        from name in property.LiteLLM
        where name.Part == part
        select new LiteLLMSetting(name.Name) { Property = property.Name, Scale = name.Scale };

    /// <summary>Settings without effect, for one reason.</summary>
    public static IEnumerable<LiteLLMSetting> Without(string advice, params string[] names) => names.Select(name => new LiteLLMSetting(name) { Advice = advice });
}
