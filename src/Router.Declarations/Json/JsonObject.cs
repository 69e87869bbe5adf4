using System.Collections.Immutable;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

internal sealed class JsonObject : JsonNode
{
    // Up to here it is faster to compare the names one by one than to hash them.
    private const int FewProperties = 32;

    private readonly Dictionary<string, int>? _index;

    private JsonObject(SourceSpan span, ImmutableArray<JsonProperty> properties, Dictionary<string, int>? index)
        : base(JsonKind.Object, span) => (Properties, _index) = (properties, index);

    /// <summary>All properties as they were written, those that another one of the same name follows included.</summary>
    public ImmutableArray<JsonProperty> Properties { get; }

    /// <summary>The properties that count: of several with one name, which is an error, the last.</summary>
    public IEnumerable<JsonProperty> Effective => Properties.Where(property => TryGet(property.Name, out JsonProperty last) && last.NameSpan == property.NameSpan);

    /// <summary>Finds a property by its exact name: the last one, where there are several.</summary>
    public bool TryGet(string name, out JsonProperty property)
    {
        int at = _index is null ? LastIndexOf(Properties, name) : _index.TryGetValue(name, out int found) ? found : -1;
        property = at < 0 ? default : Properties[at];
        return at >= 0;
    }

    private static int LastIndexOf(IReadOnlyList<JsonProperty> properties, string name)
    {
        int at = properties.Count - 1;
        while (at >= 0 && properties[at].Name != name) at--;
        return at;
    }

    /// <summary>The properties of an object while it is read.</summary>
    internal sealed class Builder
    {
        private readonly List<JsonProperty> _properties = [];
        private Dictionary<string, int>? _index;

        /// <summary>Adds a property, and tells whether there was one of its name.</summary>
        public bool Add(JsonProperty property)
        {
            bool isDuplicate = _index?.ContainsKey(property.Name) ?? LastIndexOf(_properties, property.Name) >= 0;
            _properties.Add(property);
            if (_index is not null) _index[property.Name] = _properties.Count - 1;
            else if (_properties.Count > FewProperties) _index = Index();
            return isDuplicate;
        }

        public JsonObject Build(SourceSpan span) => new(span, [.. _properties], _index);

        private Dictionary<string, int> Index()
        {
            var index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < _properties.Count; i++) index[_properties[i].Name] = i;
            return index;
        }
    }
}
