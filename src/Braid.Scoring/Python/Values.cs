// A value that came as JSON, as Python holds it: null, bool, long, BigInteger, double, string, PyList or PyDict.
global using PyDict = System.Collections.Generic.OrderedDictionary<string, object?>;
global using PyList = System.Collections.Generic.List<object?>;
