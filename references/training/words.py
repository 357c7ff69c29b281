"""Names of people, places, publishers, institutions and journals in several languages, and titles made of common words.

Registries hold little of this outside English; everything here is general knowledge, listed by hand.
"""

from __future__ import annotations

import random

FAMILIES = {
    "pt": ["Silva", "Santos", "Oliveira", "Souza", "Lima", "Pereira", "Ferreira", "Costa", "Rodrigues", "Almeida", "Nascimento", "Alves", "Carvalho", "Araújo", "Ribeiro", "Gomes", "Martins", "Barbosa", "Rocha", "Dias", "Moreira", "Nunes", "Mendes", "Cardoso", "Teixeira", "Freitas", "Vieira", "Monteiro", "Moura", "Cavalcanti", "Brandão", "Guimarães", "Queiroz", "Assunção", "Magalhães", "Fonseca", "Pinheiro", "Prado", "Sá", "Leão", "Bastos", "Duarte", "Antunes", "Mattos", "Peixoto", "Arruda"],
    "es": ["García", "Fernández", "González", "Rodríguez", "López", "Martínez", "Sánchez", "Pérez", "Gómez", "Martín", "Jiménez", "Ruiz", "Hernández", "Díaz", "Moreno", "Álvarez", "Muñoz", "Romero", "Alonso", "Gutiérrez", "Navarro", "Torres", "Domínguez", "Vázquez", "Ramos", "Gil", "Ramírez", "Serrano", "Blanco", "Molina", "Castro", "Ortega", "Rubio", "Cárdenas", "Quintero", "Zapata", "Villalobos", "Echeverría", "Ibáñez", "Peña", "Núñez", "Salazar", "Fuentes"],
    "it": ["Rossi", "Russo", "Ferrari", "Esposito", "Bianchi", "Romano", "Colombo", "Ricci", "Marino", "Greco", "Bruno", "Gallo", "Conti", "De Luca", "Mancini", "Costa", "Giordano", "Rizzo", "Lombardi", "Moretti", "Barbieri", "Fontana", "Santoro", "Mariani", "Rinaldi", "Caruso", "Ferrara", "Galli", "Martini", "Leone", "Longo", "Gentile", "Martinelli", "Vitale", "Lombardo", "Serra", "Coppola", "De Santis", "D’Angelo", "Marchetti", "Parisi", "Villa", "Conte", "Ferraro", "Ferri", "Fabbri", "Bianco", "Marini"],
    "de": ["Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Braun", "Krüger", "Hofmann", "Hartmann", "Lange", "Schmitt", "Werner", "Krause", "Meier", "Lehmann", "Schmid", "Schulze", "Maier", "Köhler", "Herrmann", "König", "Walter", "Mayer", "Huber", "Kaiser", "Fuchs", "Peters", "Lang", "Scholz", "Möller", "Weiß", "Jung", "Hahn", "Vogel", "Günther"],
    "fr": ["Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau", "Simon", "Laurent", "Lefebvre", "Michel", "Garnier", "Roux", "Fournier", "Girard", "Bonnet", "Dupont", "Lambert", "Fontaine", "Rousseau", "Vincent", "Muller", "Lefèvre", "Faure", "André", "Mercier", "Blanc", "Guérin", "Boyer", "Garnier", "Chevalier", "François", "Legrand", "Gauthier", "Perrin", "Robin", "Clément", "Morin", "Nicolas", "Henry", "Roussel", "Mathieu", "Gautier", "Masson", "Marchand", "Duval"],
}
GIVENS = {
    "pt": ["João", "Maria", "José", "Ana", "Antônio", "Francisca", "Carlos", "Paulo", "Pedro", "Lucas", "Luiz", "Marcos", "Luís", "Gabriel", "Rafael", "Daniel", "Marcelo", "Bruno", "Márcia", "Adriana", "Juliana", "Fernanda", "Patrícia", "Aline", "Sandra", "Camila", "Beatriz", "Letícia", "Vera", "Regina", "Cláudia", "Sônia", "Eduardo", "Sérgio", "Flávio"],
    "es": ["Antonio", "José", "Manuel", "Francisco", "Juan", "David", "Javier", "Jesús", "Daniel", "Carlos", "Miguel", "Rafael", "Pedro", "Ángel", "Pablo", "Sergio", "Fernando", "Jorge", "Luis", "Alberto", "María", "Carmen", "Ana", "Isabel", "Laura", "Cristina", "Marta", "Lucía", "Elena", "Rosa", "Pilar", "Raquel", "Teresa", "Beatriz", "Nuria"],
    "it": ["Giuseppe", "Giovanni", "Antonio", "Mario", "Luigi", "Francesco", "Angelo", "Vincenzo", "Pietro", "Salvatore", "Carlo", "Franco", "Domenico", "Bruno", "Paolo", "Michele", "Giorgio", "Aldo", "Sergio", "Luciano", "Maria", "Anna", "Rosa", "Angela", "Giovanna", "Teresa", "Lucia", "Carmela", "Caterina", "Francesca", "Elena", "Ennio", "Ugo"],
    "de": ["Hans", "Peter", "Wolfgang", "Klaus", "Werner", "Heinz", "Jürgen", "Helmut", "Gerhard", "Manfred", "Günter", "Dieter", "Horst", "Karl", "Uwe", "Rainer", "Bernd", "Thomas", "Michael", "Andreas", "Stefan", "Ursula", "Monika", "Petra", "Elisabeth", "Sabine", "Renate", "Helga", "Karin", "Brigitte", "Ingrid", "Erika", "Andrea", "Gisela"],
    "fr": ["Jean", "Pierre", "Michel", "André", "Philippe", "Alain", "Bernard", "Jacques", "Daniel", "Patrick", "Christian", "François", "Louis", "Henri", "Claude", "Gérard", "Marcel", "Marie", "Jeanne", "Françoise", "Monique", "Catherine", "Nathalie", "Isabelle", "Jacqueline", "Anne", "Sylvie", "Martine", "Jean-Pierre", "Jean-Paul"],
}
PLACES = {
    "en": ["London", "New York", "Cambridge, MA", "Cambridge", "Oxford", "Chicago", "Berlin", "Amsterdam", "Boston", "Washington, DC", "Washington, D.C.", "San Francisco", "Philadelphia", "Thousand Oaks, CA", "Hoboken, NJ", "Englewood Cliffs, NJ", "Princeton, NJ", "Princeton", "New Haven", "Los Angeles", "Berkeley", "Stanford, CA", "Geneva", "Paris", "Heidelberg", "Dordrecht", "Leiden", "New Delhi", "Sydney", "Melbourne", "Canberra", "Toronto", "Ottawa", "Vancouver", "Edinburgh", "Dublin", "Tokyo", "Beijing", "Singapore", "Hong Kong", "Vienna", "Vienna, Austria", "Boca Raton", "Boca Raton, FL", "Cham", "Basel", "Hillsdale, NJ", "Mahwah, NJ", "Durham, NC", "Baltimore", "Baltimore, MD", "Ithaca, NY", "Ann Arbor", "Abingdon", "Cheltenham", "Chichester", "Malden, MA", "Reading, MA", "St. Louis", "San Diego", "Atlanta", "New York, NY", "Minneapolis", "Bloomington", "Austin", "Seattle", "Nairobi", "Cape Town", "Lagos", "Rome", "Manila", "Bangkok", "Thousand Oaks", "London, UK", "Bethesda, MD", "Rockville"],
    "pt": ["São Paulo", "Rio de Janeiro", "Brasília", "Brasília, DF", "Porto Alegre", "Belo Horizonte", "Curitiba", "Salvador", "Recife", "Campinas", "Florianópolis", "Petrópolis", "Lisboa", "Porto", "Coimbra", "Fortaleza", "Niterói", "Londrina", "Goiânia", "Manaus", "Belém", "Maringá", "São Carlos", "Braga", "Évora", "São Leopoldo"],
    "es": ["Madrid", "Barcelona", "México", "Ciudad de México", "México, D.F.", "Buenos Aires", "Bogotá", "Santiago de Chile", "Santiago", "Lima", "Caracas", "Sevilla", "Valencia", "Granada", "Salamanca", "Montevideo", "Quito", "La Habana", "Medellín", "Guadalajara", "Monterrey", "San José", "Zaragoza"],
    "it": ["Roma", "Milano", "Torino", "Firenze", "Bologna", "Napoli", "Padova", "Venezia", "Bari", "Palermo", "Genova", "Vicenza", "Treviso", "Verona", "Pisa", "Trieste", "Brescia", "Ferrara", "Modena", "Udine", "Pavia", "Siena", "Lucca", "Perugia", "Bassano del Grappa", "Urbino", "Cittadella", "Mantova", "In Venezia", "Roma-Bari"],
    "de": ["Berlin", "München", "Hamburg", "Frankfurt am Main", "Frankfurt a. M.", "Frankfurt/Main", "Stuttgart", "Leipzig", "Göttingen", "Tübingen", "Wien", "Zürich", "Köln", "Bonn", "Wiesbaden", "Opladen", "Heidelberg", "Weinheim", "Darmstadt", "Jena", "Halle", "Dresden", "Basel", "Bern", "Münster", "Freiburg", "Mainz", "Würzburg"],
    "fr": ["Paris", "Lyon", "Marseille", "Toulouse", "Genève", "Bruxelles", "Montréal", "Québec", "Grenoble", "Strasbourg", "Bordeaux", "Rennes", "Lausanne", "Aix-en-Provence", "Louvain", "Montpellier", "Lille", "Neuchâtel", "La Haye"],
}
PUBLISHERS = {
    "en": ["Oxford University Press", "Cambridge University Press", "Harvard University Press", "MIT Press", "The MIT Press", "Princeton University Press", "Yale University Press", "University of Chicago Press", "University of California Press", "Stanford University Press", "Columbia University Press", "Cornell University Press", "Duke University Press", "Johns Hopkins University Press", "Routledge", "Sage", "Sage Publications", "SAGE", "Springer", "Springer-Verlag", "Springer International Publishing", "Elsevier", "Academic Press", "Wiley", "John Wiley & Sons", "Wiley-Blackwell", "Blackwell", "Palgrave Macmillan", "Macmillan", "McGraw-Hill", "McGraw Hill", "Prentice Hall", "Prentice-Hall", "Pearson", "Pearson Education", "Addison-Wesley", "CRC Press", "Chapman & Hall", "Chapman and Hall/CRC", "Taylor & Francis", "Kluwer", "Kluwer Academic Publishers", "Brill", "De Gruyter", "Mouton", "John Benjamins", "Lawrence Erlbaum Associates", "Erlbaum", "Guilford Press", "Norton", "W. W. Norton", "W.H. Freeman", "Freeman", "Penguin", "Penguin Books", "Random House", "Knopf", "Basic Books", "Free Press", "The Free Press", "Edward Elgar", "Earthscan", "Polity Press", "Polity", "Verso", "Beacon Press", "Zed Books", "American Psychological Association", "American Psychiatric Association", "American Psychiatric Publishing", "World Bank", "World Bank Publications", "IEEE", "ACM", "ACM Press", "Association for Computing Machinery", "AAAI Press", "Morgan Kaufmann", "Lippincott Williams & Wilkins", "Saunders", "Mosby", "Churchill Livingstone", "Humana Press", "Nova Science Publishers", "World Scientific", "North-Holland", "Pergamon Press", "Plenum Press", "Plenum", "Government Printing Office", "U.S. Government Printing Office", "HMSO", "OECD Publishing", "National Academies Press", "Island Press", "University of Nebraska Press", "University of Texas Press", "Michigan State University Press", "Open University Press", "Manchester University Press", "Edinburgh University Press", "Allen & Unwin", "Faber and Faber", "Harper & Row", "HarperCollins", "Houghton Mifflin", "Holt, Rinehart and Winston", "R Foundation for Statistical Computing", "National Bureau of Economic Research", "IGI Global", "Emerald", "Ashgate", "Berghahn Books", "CABI", "Kew"],
    "pt": ["Atlas", "Vozes", "Cortez", "Paz e Terra", "Companhia das Letras", "Martins Fontes", "Zahar", "Jorge Zahar", "Hucitec", "Contexto", "Autêntica", "Saraiva", "Editora UFMG", "EdUSP", "Edusp", "Editora da Unicamp", "Ed. UNESP", "Editora FGV", "Artmed", "Penso", "Guanabara Koogan", "Manole", "Brasiliense", "Perspectiva", "Civilização Brasileira", "Record", "Editora 34", "Papirus", "Loyola", "Summus", "Forense", "Edições 70", "Almedina", "Gulbenkian", "Ministério da Saúde", "Ministério da Educação", "IBGE", "Fiocruz", "Editora Fiocruz", "Embrapa", "UFRGS", "EdUFSC", "Bertrand Brasil", "Sulina", "Boitempo", "Mercado de Letras", "Parábola"],
    "es": ["Siglo XXI", "Fondo de Cultura Económica", "FCE", "Alianza", "Alianza Editorial", "Ariel", "Paidós", "Gedisa", "Cátedra", "Trotta", "Anagrama", "Akal", "Tecnos", "Editorial Gredos", "Crítica", "Taurus", "Porrúa", "UNAM", "CLACSO", "CEPAL", "Amorrortu", "Herder", "Síntesis", "Morata", "Pirámide", "Planeta", "Ediciones Morata", "Universidad de Salamanca", "CSIC", "El Colegio de México", "Eudeba", "Biblos"],
    "it": ["Einaudi", "Laterza", "Il Mulino", "Feltrinelli", "Olschki", "Mondadori", "Marsilio", "Electa", "Bompiani", "Carocci", "Franco Angeli", "FrancoAngeli", "Skira", "Neri Pozza", "Sansoni", "Bulzoni", "Giuffrè", "Adelphi", "Utet", "Hoepli", "Le Monnier", "Zanichelli", "Viella", "Antenore", "La Nuova Italia", "Deputazione di storia patria", "Fondazione Giorgio Cini", "Canova", "Alfieri", "Ongania", "Tipografia Emiliana", "Bocca", "Rizzoli", "Garzanti", "Jaca Book", "Antonelli", "Loescher"],
    "de": ["Suhrkamp", "Springer", "Springer VS", "VS Verlag für Sozialwissenschaften", "C. H. Beck", "Beck", "Mohr Siebeck", "De Gruyter", "Campus", "Campus Verlag", "Vandenhoeck & Ruprecht", "Steiner", "Franz Steiner Verlag", "Harrassowitz", "Metzler", "Hogrefe", "Beltz", "Juventa", "Nomos", "Waxmann", "Reclam", "Fischer", "Rowohlt", "Transcript", "Klett-Cotta", "Fink", "Niemeyer", "Olms", "Böhlau", "Duncker & Humblot", "Thieme", "Urban & Fischer", "Westdeutscher Verlag", "Leske + Budrich"],
    "fr": ["Gallimard", "Seuil", "PUF", "Presses Universitaires de France", "Armand Colin", "La Découverte", "L’Harmattan", "Flammarion", "Fayard", "Les Belles Lettres", "Éditions du CNRS", "CNRS Éditions", "Minuit", "Les Éditions de Minuit", "Droz", "Vrin", "Dunod", "Hachette", "Albin Michel", "Plon", "Honoré Champion", "Nathan", "Masson", "Presses de Sciences Po", "De Boeck", "Presses universitaires de Rennes"],
}
UNIVERSITIES = {
    "en": ["Stanford University", "University of Oxford", "University of Cambridge", "University of Michigan", "Harvard University", "Yale University", "University of California, Berkeley", "University of Toronto", "University of Melbourne", "Massachusetts Institute of Technology", "University of Texas at Austin", "University of Cape Town", "Delft University of Technology", "University of Edinburgh", "Ohio State University", "National University of Singapore", "University of Helsinki", "Uppsala University", "University College London", "Imperial College London", "Carnegie Mellon University", "University of British Columbia", "ETH Zurich", "Purdue University", "Cornell University", "McGill University"],
    "pt": ["Universidade de São Paulo", "Universidade Federal do Rio de Janeiro", "Universidade Estadual de Campinas", "Universidade de Lisboa", "Universidade Federal de Minas Gerais", "Universidade de Brasília", "Universidade do Porto", "Universidade Federal do Paraná", "Universidade Federal de Santa Catarina", "Pontifícia Universidade Católica do Rio de Janeiro", "Universidade Estadual Paulista", "Universidade Federal da Bahia", "Faculdade de Educação, Universidade de São Paulo"],
    "es": ["Universidad de Buenos Aires", "Universidad Nacional Autónoma de México", "Universidad de Chile", "Universidad Complutense de Madrid", "Universidad de Barcelona", "Universidad de los Andes", "Pontificia Universidad Católica de Chile", "Universidad de Salamanca"],
    "it": ["Università di Bologna", "Università degli Studi di Padova", "Università Ca’ Foscari Venezia", "Sapienza Università di Roma"],
    "de": ["Universität Wien", "Humboldt-Universität zu Berlin", "Universität Heidelberg", "Ludwig-Maximilians-Universität München", "Technische Universität Dresden", "Universität Hamburg", "ETH Zürich", "Philipps-Universität Marburg"],
    "fr": ["Université de Paris", "Université Laval", "Université de Genève", "Université de Montréal", "Université Lumière Lyon 2", "EHESS"],
}
THESES = {
    "en": ("PhD thesis", "Ph.D. thesis", "Doctoral dissertation", "PhD dissertation", "Ph.D. diss.", "Master's thesis", "MSc thesis",
           "Master’s thesis", "Unpublished doctoral dissertation", "Thesis", "Dissertation"),
    "pt": ("Tese (Doutorado)", "Dissertação (Mestrado)", "Tese de doutorado", "Dissertação de mestrado", "Tese (Doutorado em Educação)",
           "Dissertação (Mestrado em Saúde Pública)", "Trabalho de Conclusão de Curso (Graduação)", "Tese"),
    "es": ("Tesis doctoral", "Tesis de maestría", "Tesis de grado", "Tesis de licenciatura"),
    "it": ("Tesi di dottorato", "Tesi di laurea"),
    "de": ("Dissertation", "Diss.", "Habilitationsschrift", "Diplomarbeit", "Masterarbeit"),
    "fr": ("Thèse de doctorat", "Mémoire de master", "Thèse"),
}  # fmt: skip
ORGANISATIONS = {
    "en": ["World Health Organization", "WHO", "United Nations", "UNESCO", "UNICEF", "FAO", "OECD", "World Bank", "European Commission", "European Union", "IPCC", "IUCN", "Centers for Disease Control and Prevention", "National Institutes of Health", "U.S. Department of Health and Human Services", "R Core Team", "R Development Core Team", "American Psychiatric Association", "American Psychological Association", "Food and Drug Administration", "NICE", "National Institute for Health and Care Excellence", "Australian Bureau of Statistics", "Statistics Canada", "US Census Bureau", "UNAIDS", "ICH", "International Monetary Fund", "International Labour Organization", "Amnesty International", "Human Rights Watch", "Pew Research Center", "National Research Council", "Institute of Medicine", "American Diabetes Association", "World Medical Association", "Department of Health", "Ministry of Health", "Ministry of Education", "European Medicines Agency", "NASA", "USDA", "US Geological Survey", "Environment Agency", "StataCorp", "Microsoft", "Google", "IBM Corp.", "SAS Institute Inc.", "MathWorks", "Python Software Foundation", "Wikipedia", "United Nations Development Programme", "Intergovernmental Panel on Climate Change", "National Science Foundation", "Royal College of Physicians", "Cancer Research UK", "World Economic Forum"],
    "pt": ["Brasil", "BRASIL", "Ministério da Saúde", "Ministério da Educação", "IBGE", "Instituto Brasileiro de Geografia e Estatística", "INEP", "Organização Mundial da Saúde", "Conselho Nacional de Saúde", "Conselho Federal de Enfermagem", "Agência Nacional de Vigilância Sanitária", "Instituto Nacional de Câncer", "Secretaria de Estado da Educação", "Associação Brasileira de Normas Técnicas", "CAPES", "UNESCO", "Embrapa", "FAO"],
    "es": ["Organización Mundial de la Salud", "CEPAL", "Ministerio de Educación", "Ministerio de Salud", "INEGI", "Instituto Nacional de Estadística", "Banco Mundial", "Gobierno de España", "Organización Panamericana de la Salud", "Congreso de la República", "UNESCO", "DANE"],
    "it": ["Istat", "Ministero della Salute", "Comune di Venezia", "Regione Veneto", "Archivio di Stato", "Banca d’Italia"],
    "de": ["Statistisches Bundesamt", "Robert Koch-Institut", "Bundesministerium für Gesundheit", "Deutsche Forschungsgemeinschaft", "Bundesagentur für Arbeit", "Kultusministerkonferenz", "Deutscher Bundestag"],
    "fr": ["INSEE", "Haute Autorité de Santé", "Ministère de la Santé", "Organisation mondiale de la Santé", "Commission européenne", "OCDE"],
}
ORG_HEADS = {
    "en": ("Department of", "Ministry of", "National Institute of", "Center for", "Centre for", "International Society for", "Office of",
           "National Council on", "American Association for", "Federal Agency for", "Working Group on", "European Agency for", "Institute for"),
    "pt": ("Ministério da", "Instituto de", "Secretaria de", "Associação Brasileira de", "Conselho Nacional de", "Sociedade Brasileira de"),
    "es": ("Ministerio de", "Instituto Nacional de", "Sociedad Española de", "Asociación de", "Consejo de", "Secretaría de"),
    "it": ("Ministero della", "Istituto di", "Società Italiana di", "Associazione per la"),
    "de": ("Bundesamt für", "Institut für", "Deutsche Gesellschaft für", "Ministerium für", "Zentrum für"),
    "fr": ("Ministère de la", "Institut de", "Société française de", "Conseil de"),
}  # fmt: skip
TOPICS = {
    "en": ("Health", "Education", "Public Health", "Energy", "Statistics", "Agriculture", "Environmental Protection", "Economic Research",
           "Cardiology", "Mental Health", "Labor", "Justice", "Transport", "Water Resources", "Software Engineering", "Hypertension",
           "Sustainable Development", "Medical Ethics", "Child Development", "Foreign Affairs"),
    "pt": ("Educação", "Saúde", "Saúde Pública", "Estatística", "Agricultura", "Ensino", "Pesquisa", "Enfermagem", "História", "Psicologia",
           "Ciências Sociais", "Economia", "Botânica", "Letras", "Educação Física", "Saúde Coletiva", "Filosofia", "Linguística"),
    "es": ("Educación", "Salud", "Salud Pública", "Estadística", "Historia", "Psicología", "Economía", "Medicina", "Filosofía",
           "Ciencias Sociales", "Investigación Educativa", "Enfermería", "Sociología", "Lingüística"),
    "it": ("Storia", "Arte", "Storia dell’arte", "Salute", "Filosofia", "Archeologia", "Storia veneta", "Letteratura", "Statistica"),
    "de": ("Gesundheit", "Pädagogik", "Geschichte", "Soziologie", "Psychologie", "Naturschutz", "Wirtschaftsforschung", "Philosophie",
           "Erziehungswissenschaft", "Kunstgeschichte"),
    "fr": ("Santé", "Histoire", "Sociologie", "Philosophie", "Psychologie", "Géographie", "Recherche", "Santé publique"),
}  # fmt: skip
JOURNAL_HEADS = {
    "pt": (
        "Revista de",
        "Revista Brasileira de",
        "Cadernos de",
        "Estudos de",
        "Boletim de",
        "Arquivos Brasileiros de",
        "Anais de",
        "Ciência &",
    ),
    "es": ("Revista de", "Revista Española de", "Cuadernos de", "Estudios de", "Boletín de", "Anales de", "Revista Mexicana de"),
    "it": ("Rivista di", "Archivio di", "Annali di", "Quaderni di", "Studi di", "Bollettino di", "Giornale di"),
    "de": ("Zeitschrift für", "Archiv für", "Jahrbuch für", "Beiträge zur", "Mitteilungen für"),
    "fr": ("Revue de", "Annales de", "Cahiers de", "Revue française de", "Archives de", "Bulletin de"),
}
JOURNALS = {
    "pt": ["Cadernos de Saúde Pública", "Cad Saude Publica", "Revista de Saúde Pública", "Rev Saude Publica", "Ciência & Saúde Coletiva", "Cien Saude Colet", "Educação & Sociedade", "Educação e Pesquisa", "Revista Latino-Americana de Enfermagem", "Rev. Latino-Am. Enfermagem", "Revista Brasileira de Educação", "Acta Botanica Brasilica", "Estudos Avançados", "Dados", "Novos Estudos CEBRAP", "Interface - Comunicação, Saúde, Educação", "Química Nova", "Rodriguésia", "Psicologia: Reflexão e Crítica", "Ensaio: Avaliação e Políticas Públicas em Educação", "Pro-Posições", "Texto & Contexto Enfermagem", "Acta Paul Enferm", "Arq Bras Cardiol", "Rev Bras Enferm", "Jornal de Pediatria", "Lua Nova", "Análise Social", "Movimento", "Alfa: Revista de Linguística", "Bakhtiniana", "Topoi"],
    "es": ["Revista de Educación", "Gaceta Sanitaria", "Gac Sanit", "Medicina Clínica", "Med Clin (Barc)", "Rev Esp Cardiol", "Estudios Pedagógicos", "Revista Española de Salud Pública", "Perfiles Educativos", "Revista Mexicana de Sociología", "El Trimestre Económico", "Salud Pública de México", "Estudios Filológicos", "Universitas Psychologica", "Convergencia", "Polis", "Comunicar", "Nutrición Hospitalaria", "An Pediatr (Barc)", "Rev Chil Pediatr"],
    "it": ["Archivio Veneto", "Arte Veneta", "Studi Veneziani", "Ateneo Veneto", "Rivista storica italiana", "Quaderni storici", "Nuovo Archivio Veneto", "Giornale storico della letteratura italiana", "Italia medioevale e umanistica", "Atti dell’Istituto Veneto", "Bollettino d’arte", "Paragone"],
    "de": ["Zeitschrift für Soziologie", "Kölner Zeitschrift für Soziologie und Sozialpsychologie", "Historische Zeitschrift", "Zeitschrift für Pädagogik", "Deutsches Ärzteblatt", "Dtsch Arztebl", "Psychologische Rundschau", "Berliner Journal für Soziologie", "Archiv für Sozialgeschichte", "Merkur", "Leviathan", "Angewandte Chemie", "Hermes", "Soziale Welt", "Geschichte und Gesellschaft"],
    "fr": ["Annales. Histoire, Sciences Sociales", "Revue française de sociologie", "Actes de la recherche en sciences sociales", "Revue historique", "Population", "L’Année sociologique", "La Presse Médicale", "Rev Med Interne", "Cahiers d’études africaines", "Genèses", "Langages", "Revue de l’Art"],
}
SERIES = (
    "Lecture Notes in Computer Science", "Springer Series in Statistics", "Studies in Language", "Methods in Molecular Biology",
    "Oxford World's Classics", "Wiley Series in Probability and Statistics", "Cambridge Tracts in Mathematics", "Coleção Primeiros Passos",
    "Advances in Experimental Medicine and Biology", "Use R!", "Suhrkamp Taschenbuch Wissenschaft", "IFIP Advances", "Que sais-je?",
    "Lecture Notes in Mathematics", "Routledge Studies in Education", "The Social Science Series", "Contemporary Mathematics",
)  # fmt: skip
GROUPS = (
    "on behalf of the Study Group", "the ESCAPE Investigators", "for the Alzheimer's Disease Neuroimaging Initiative", "ADNI", "GBD 2019 Collaborators",
    "the Genome Consortium", "Working Group", "The PLOS Editors", "CONSORT Group", "the SPRINT Research Group", "European Heart Network",
)  # fmt: skip
SOFTWARE = (
    "R", "ggplot2", "lme4", "Stan", "SPSS Statistics for Windows", "Stata Statistical Software", "MATLAB", "ImageJ", "QGIS", "Python", "scikit-image",
    "vegan", "SAS", "NVivo", "Praat", "Zotero", "EndNote", "PsychoPy", "JASP", "Blender", "Mothur", "BEAST", "MEGA7", "QuPath",
)  # fmt: skip
SOFTWARE_KINDS = (
    "A language and environment for statistical computing", "community ecology package", "Linear mixed-effects models using S4 classes",
    "Release 15", "Version 25.0", "doing phonetics by computer", "R package version 2.5-6", "an open source toolkit",
)  # fmt: skip
NEWSPAPERS = (
    "The New York Times", "The Guardian", "Folha de S. Paulo", "El País", "Le Monde", "The Washington Post", "BBC News", "The Economist",
    "Financial Times", "O Globo", "Die Zeit", "Süddeutsche Zeitung", "The Times", "La Repubblica", "The Wall Street Journal", "Reuters", "CNN",
)  # fmt: skip
SITES = ("YouTube", "Wikipedia", "GitHub", "Medium", "The Conversation", "Our World in Data", "Twitter", "Statista", "Zenodo", "figshare",
         "ResearchGate", "Portal G1", "Planalto", "GBIF", "Stack Overflow")  # fmt: skip
TLDS = (
    "org",
    "com",
    "edu",
    "gov",
    "int",
    "net",
    "gov.br",
    "usp.br",
    "ac.uk",
    "de",
    "eu",
    "it",
    "fr",
    "es",
    "org.br",
    "gov.au",
    "edu.ar",
)

_GRAMMAR = {
    "pt": (
        "educação|formação de professores|saúde|políticas públicas|violência|memória|história|trabalho|gênero|linguagem|literatura|cidade|"
        "juventude|família|escola|cultura|ciência|tecnologia|desigualdade|envelhecimento|enfermagem|currículo|avaliação|leitura|identidade|"
        "qualidade de vida|atenção primária|produção de conhecimento|mortalidade infantil|recursos hídricos|solos|vegetação|restinga|cerrado|"
        "ensino de ciências|movimentos sociais|Estado|democracia|discurso|narrativa|corpo|infância|pandemia",
        "um estudo de caso|uma revisão integrativa|desafios e perspectivas|uma análise crítica|o caso do Brasil|reflexões teóricas|contribuições para o "
        "debate|no século XIX|em São Paulo|na Amazônia|no Brasil contemporâneo|estudo transversal|revisão sistemática|ensaios",
        "A|O|Os|As|Introdução à|História da|Políticas de|Por uma|Avaliação da|Efeitos da|Para uma crítica da|Fatores associados à|Teoria da|",
        " e | na | da | para a | no contexto da | entre | sobre | como ",
    ),
    "es": (
        "educación|formación docente|salud|política pública|violencia|memoria|historia|trabajo|género|lenguaje|literatura|ciudad|juventud|familia|"
        "escuela|cultura|ciencia|tecnología|desigualdad|envejecimiento|enfermería|evaluación|lectura|identidad|calidad de vida|migración|democracia|"
        "discurso|cuerpo|infancia|adolescentes|aprendizaje|investigación cualitativa|pueblos indígenas|territorio|desarrollo",
        "un estudio de caso|una revisión sistemática|retos y perspectivas|el caso de México|en América Latina|en el siglo XX|aportes para el debate|"
        "análisis comparado|un enfoque crítico|estudio transversal",
        "La|El|Los|Las|Introducción a la|Historia de la|Hacia una|Efectos de la|Teoría de la|Manual de|Prevalencia de|Crítica de la|",
        " y | en la | de la | para la | en el contexto de la | entre | sobre | como ",
    ),
    "it": (
        "storia|arte|pittura|architettura|Repubblica di Venezia|Rinascimento|Medioevo|chiesa|scultura|commercio|navigazione|nobiltà|famiglia|"
        "archivi|documenti|lettere|vita|opere|palazzi|ville venete|musica|teatro|stampa|biblioteche|codici|incisioni|mosaici|istituzioni|società|"
        "economia|cultura|politica|filosofia|lingua|poesia|monete|costumi|arsenale|giustizia|mercanti|conventi",
        "secoli XV-XVIII|nel Cinquecento|dal Medioevo all’età moderna|studi e ricerche|catalogo della mostra|saggio storico|nel Settecento|"
        "con documenti inediti|a cura di G. Romano|1400-1797|Atti del convegno|note e appunti",
        "La|Il|I|Gli|Le|Storia della|Saggio sulla|Dizionario di|Guida alla|Della|Memorie della|Notizie intorno alla|Catalogo delle|L’|",
        " e | della | nella | nel | a Venezia e | tra | di | per la ",
    ),
    "de": (
        "Bildung|Gesellschaft|Geschichte|Politik|Kultur|Sprache|Wissenschaft|Arbeit|Familie|Religion|Migration|Öffentlichkeit|Recht|Kunst|Technik|"
        "Gesundheit|Jugend|Stadt|Wirtschaft|Erziehung|Moderne|Literatur|Philosophie|Medien|Identität|soziale Ungleichheit|Demokratie|Natur",
        "eine Einführung|Theorie und Praxis|ein Überblick|Grundlagen und Methoden|im 19. Jahrhundert|empirische Befunde|Studien zur Soziologie|"
        "eine empirische Untersuchung|Festschrift zum 60. Geburtstag|Ein Handbuch",
        "Die|Der|Das|Einführung in die|Zur|Handbuch|Theorie der|Grundriss der|Über|Geschichte der|Zum Verhältnis von|",
        " und | in der | der | im | als | zwischen | zur | für die ",
    ),
    "fr": (
        "histoire|société|politique|culture|langage|travail|famille|éducation|santé|ville|mémoire|littérature|science|identité|État|démocratie|"
        "religion|mobilité|inégalités|corps|enfance|territoire|écriture|image|pouvoir|droit|nature|connaissance|théâtre|commerce",
        "une étude de cas|essai de sociologie|état des lieux|de l’Antiquité à nos jours|au XVIIIe siècle|enjeux et perspectives|approche comparative",
        "La|Le|Les|L’|Introduction à la|Histoire de la|Pour une|Essai sur la|De la|Vers une|",
        " et | dans la | de la | en | au sein de la | entre | pour la ",
    ),
}


def title(language: str, pick: random.Random) -> str:
    """A title of common words in ``language``: an opening, one to four nouns, often a subtitle."""
    nouns, tails, heads, joints = (part.split("|") for part in _GRAMMAR[language])
    text = pick.choice(heads)
    text = f"{text}{'' if text.endswith('’') or not text else ' '}{pick.choice(nouns)}"
    for _ in range(pick.choices((0, 1, 2, 3), (20, 40, 28, 12))[0]):
        text += pick.choice(joints) + pick.choice(nouns)
    shape = pick.random()
    if shape < 0.35:
        text += pick.choice((": ", ": ", ". ", " – ", ", ")) + pick.choice(tails)
    elif shape < 0.45:
        text += ", " + pick.choice(tails)
    elif shape < 0.5:
        text += ": " + pick.choice(nouns) + pick.choice(joints) + pick.choice(nouns)
    return text[0].upper() + text[1:]


def conference(language: str, pick: random.Random, journals: list[str]) -> str:
    """The printed name of proceedings."""
    topic = pick.choice(TOPICS[language])
    number = pick.randint(2, 60)
    year = pick.randint(1980, 2025)
    known = [
        f"Proceedings of the {number}th International Conference on {pick.choice(TOPICS['en'])}",
        f"Proc. {pick.choice(('ACM', 'IEEE', 'Int.', 'AAAI', '', 'Annual'))} {pick.choice(('Conf.', 'Symposium', 'Symp.', 'Workshop'))} on {pick.choice(TOPICS['en'])}",
        f"{year} IEEE International Conference on {pick.choice(TOPICS['en'])} ({''.join(pick.choice('ACIMPRSV') for _ in range(4))})",
        f"Advances in {pick.choice(TOPICS['en'])} {number}",
        f"{number}th Annual Meeting of the {pick.choice(ORG_HEADS['en'])} {pick.choice(TOPICS['en'])}",
    ]
    local = {
        "pt": [
            f"Anais do {'IVX'[pick.randrange(3)]} Congresso Brasileiro de {topic}",
            f"Congresso Nacional de {topic}, {number}.",
        ],
        "es": [f"Actas del Congreso Internacional de {topic}", f"Memorias del {number} Congreso de {topic}"],
        "it": [f"Atti del convegno internazionale di {topic}"],
        "de": [f"Tagungsband der Jahrestagung für {topic}", f"Verhandlungen des {number}. Kongresses für {topic}"],
        "fr": [f"Actes du colloque international de {topic}"],
    }
    if language in local and pick.random() < 0.8:
        return pick.choice(local[language])
    proceedings = [j for j in pick.sample(journals, 40) if "Proc" in j or "Conf" in j or "Symp" in j]
    return pick.choice(proceedings) if proceedings and pick.random() < 0.4 else pick.choice(known)
