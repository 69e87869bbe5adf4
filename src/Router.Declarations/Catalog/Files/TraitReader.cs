using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog.Files;

/// <summary>
/// Reads traits: the name of some that the file defines, or an object with <c>like</c> (such a name), <c>takes</c> and <c>refuses</c> (capabilities
/// and parameters) and <c>quirks</c> (those of the provider's dialect).
/// </summary>
internal sealed class TraitReader(DialectRow dialect)
{
    private readonly Dictionary<string, ModelTraits> _defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ofOthers = new(StringComparer.Ordinal);

    /// <summary>Reads the definitions of a file: an object with traits by name.</summary>
    public void ReadDefinitions(CatalogReader reader) => reader.ReadObject(name =>
    {
        _defined.Add(name, Read(reader) ?? throw reader.Wrong("traits are like some of another dialect"));
        return true;
    });

    /// <summary>Passes over the definitions of another dialect, but for their names: a model that has such traits is not served in this one.</summary>
    public void SkipDefinitions(CatalogReader reader) => reader.ReadObject(name =>
    {
        _ofOthers.Add(name);
        reader.Skip();
        return true;
    });

    /// <summary>Reads the traits of a model; null where they are those of another dialect.</summary>
    public ModelTraits? Read(CatalogReader reader)
    {
        if (reader.IsText) return Named(reader, reader.ReadText());
        ModelTraits? traits = ModelTraits.None;
        reader.ReadObject(property =>
        {
            switch (property)
            {
                case "like": traits = Named(reader, reader.ReadText()); return true;
                case "takes": traits = Change(traits, reader, isTaken: true); return true;
                case "refuses": traits = Change(traits, reader, isTaken: false); return true;
                case "quirks": traits = AddQuirks(traits, reader); return true;
                default: return false;
            }
        });
        return traits;
    }

    /// <summary>Reads efforts: an array, or an object with <c>taken</c> and <c>withTools</c>, those that are taken beside tools.</summary>
    public static EffortSpec ReadEfforts(CatalogReader reader)
    {
        if (reader.IsList) return new(ReadEffortFlags(reader));
        var efforts = new EffortSpec(ModelEfforts.NotTaken);
        reader.ReadObject(property =>
        {
            switch (property)
            {
                case "taken": efforts = efforts with { Taken = ReadEffortFlags(reader) }; return true;
                case "withTools": efforts = efforts with { WithTools = ReadEffortFlags(reader) }; return true;
                default: return false;
            }
        });
        return efforts;
    }

    /// <summary>Reads an array of efforts.</summary>
    public static ModelEfforts ReadEffortFlags(CatalogReader reader) => reader.ReadTexts().Aggregate(ModelEfforts.NotTaken, (all, name) =>
        Enum.TryParse(name, ignoreCase: true, out ModelEfforts effort) ? all | effort : throw reader.Wrong($"'{name}' is no effort"));

    private ModelTraits? Named(CatalogReader reader, string name) =>
        _defined.TryGetValue(name, out ModelTraits? traits) ? traits
        : _ofOthers.Contains(name) ? null
        : throw reader.Wrong($"there are no traits '{name}' above");

    private ModelTraits? AddQuirks(ModelTraits? traits, CatalogReader reader)
    {
        string[] names = reader.ReadTexts();
        return traits is null ? null : traits with { Quirks = names.Aggregate(traits.Quirks, (quirks, name) => quirks | QuirkOf(reader, name)) };
    }

    private static ModelTraits? Change(ModelTraits? traits, CatalogReader reader, bool isTaken)
    {
        foreach (string name in reader.ReadTexts())
        {
            if (traits is null) continue;
            if (Enum.TryParse(name, ignoreCase: true, out ModelCapabilities capability)) traits = isTaken ? traits.With(capability) : traits.Without(capability);
            else if (Enum.TryParse(name, ignoreCase: true, out ModelParameters parameter)) traits = isTaken ? traits.With(parameter) : traits.Without(parameter);
            else throw reader.Wrong($"'{name}' is neither a capability nor a parameter");
        }

        return traits;
    }

    private int QuirkOf(CatalogReader reader, string name) => dialect.QuirkNamed(name) ?? throw reader.Wrong($"'{name}' is no quirk of {dialect.Dialect}");
}
