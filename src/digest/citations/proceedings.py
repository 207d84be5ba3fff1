"""Names of conferences and journals by the short forms in which addresses and DOIs have them: tables alone."""

ACL_VENUES = {
    "acl": "Annual Meeting of the Association for Computational Linguistics",
    "emnlp": "Conference on Empirical Methods in Natural Language Processing",
    "naacl": "Conference of the North American Chapter of the Association for Computational Linguistics",
    "eacl": "Conference of the European Chapter of the Association for Computational Linguistics",
    "aacl": "Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics",
    "coling": "International Conference on Computational Linguistics",
    "ijcnlp": "International Joint Conference on Natural Language Processing",
    "conll": "Conference on Computational Natural Language Learning",
    "semeval": "International Workshop on Semantic Evaluation",
    "starsem": "Joint Conference on Lexical and Computational Semantics",
    "wmt": "Conference on Machine Translation",
    "iwslt": "International Conference on Spoken Language Translation",
    "lrec": "Language Resources and Evaluation Conference",
    "inlg": "International Natural Language Generation Conference",
    "sigdial": "Annual Meeting of the Special Interest Group on Discourse and Dialogue",
    "paclic": "Pacific Asia Conference on Language, Information and Computation",
    "blackboxnlp": "BlackboxNLP Workshop on Analyzing and Interpreting Neural Networks for NLP",
}
"""Conferences by the part of an Anthology id before the hyphen (`2023.acl-long.12`)."""

ACL_JOURNALS = {
    "tacl": ("Transactions of the Association for Computational Linguistics", 2012),
    "cl": ("Computational Linguistics", 1974),
}
"""Journals in the Anthology, each with the year before its first volume."""

ACL_OTHERS = frozenset({"lilt", "nejlt", "ijclclp", "tal", "earlymt", "preconf", "finitestring"})
"""Journals and collections in the Anthology of which the id tells too little."""

ACL_LETTERS = {
    "P": "acl", "D": "emnlp", "N": "naacl", "E": "eacl", "C": "coling", "K": "conll", "L": "lrec", "I": "ijcnlp",
    "Q": "tacl", "J": "cl",
}  # fmt: skip
"""Venues by the first letter of an old Anthology id (`P19-1234`)."""

ACL_DOI_YEARS: dict[str, frozenset[int]] = {
    "P": frozenset(range(2016, 2020)),
    "D": frozenset(range(2015, 2020)),
    "N": frozenset({2016, 2018, 2019}),
    "K": frozenset(range(2016, 2020)),
    "S": frozenset(range(2016, 2020)),
    "acl": frozenset(range(2020, 2026)),
    "emnlp": frozenset(range(2020, 2026)),
    "naacl": frozenset({2021, 2022, 2024, 2025}),
    "eacl": frozenset({2021, 2023}),
    "coling": frozenset({2020}),
    "conll": frozenset({2020, 2021, 2023}),
    "semeval": frozenset(range(2020, 2025)),
    "findings-acl": frozenset(range(2021, 2026)),
    "findings-emnlp": frozenset(range(2020, 2026)),
    "findings-naacl": frozenset({2022, 2024, 2025}),
    "findings-eacl": frozenset({2023}),
}
"""Years in which the DOI of a paper is `10.18653/v1/` with its Anthology id. Other papers have another DOI, or none."""

PMLR_VOLUMES: dict[str, tuple[int, ...]] = {
    "International Conference on Machine Learning": (28, 32, 37, 48, 70, 80, 97, 119, 139, 162, 202, 235, 267),
    "International Conference on Artificial Intelligence and Statistics": (
        5, 9, 15, 22, 31, 33, 38, 51, 54, 84, 89, 108, 130, 151, 206, 238, 258,
    ),
    "Conference on Learning Theory": (19, 23, 30, 35, 40, 49, 65, 75, 99, 125, 134, 178, 195, 247, 291),
    "Conference on Robot Learning": (78, 87, 100, 155, 164, 205, 229, 270),
    "Conference on Uncertainty in Artificial Intelligence": (115, 124, 161, 180, 216, 244, 286),
    "Asian Conference on Machine Learning": (13, 20, 25, 29, 39, 45, 63, 77, 95, 101, 129, 157, 189, 222, 260),
    "Conference on Algorithmic Learning Theory": (76, 83, 98, 117, 132, 167, 201, 237, 272),
    "Medical Imaging with Deep Learning": (102, 121, 143, 172, 227, 250),
    "Learning for Dynamics and Control Conference": (120, 144, 168, 211, 242, 283),
    "Machine Learning for Healthcare Conference": (56, 68, 85, 106, 126, 149, 182, 219, 252),
}  # fmt: skip
"""The volumes of the Proceedings of Machine Learning Research that belong to a conference."""

PMLR_CONFERENCES = {volume: name for name, volumes in PMLR_VOLUMES.items() for volume in volumes}

NEURIPS = "Advances in Neural Information Processing Systems"
HASHED_PROCEEDINGS = {
    "proceedings.neurips.cc": NEURIPS,
    "papers.neurips.cc": NEURIPS,
    "papers.nips.cc": NEURIPS,
    "datasets-benchmarks-proceedings.neurips.cc": "Neural Information Processing Systems Track on Datasets and Benchmarks",
    "proceedings.iclr.cc": "International Conference on Learning Representations",
    "proceedings.mlsys.org": "Conference on Machine Learning and Systems",
}
"""Sites whose addresses hold a year and a hash, by host."""

VISION = {
    "CVPR": "IEEE/CVF Conference on Computer Vision and Pattern Recognition",
    "ICCV": "IEEE/CVF International Conference on Computer Vision",
    "WACV": "IEEE/CVF Winter Conference on Applications of Computer Vision",
    "ACCV": "Asian Conference on Computer Vision",
}
"""Conferences in the open access archive of the Computer Vision Foundation."""

USENIX = {
    "osdi": "USENIX Symposium on Operating Systems Design and Implementation",
    "nsdi": "USENIX Symposium on Networked Systems Design and Implementation",
    "fast": "USENIX Conference on File and Storage Technologies",
    "atc": "USENIX Annual Technical Conference",
    "usenixsecurity": "USENIX Security Symposium",
}

IEEE_CONFERENCES = {
    **VISION,
    "ICASSP": "IEEE International Conference on Acoustics, Speech and Signal Processing",
    "ICRA": "IEEE International Conference on Robotics and Automation",
    "IROS": "IEEE/RSJ International Conference on Intelligent Robots and Systems",
    "ASRU": "IEEE Automatic Speech Recognition and Understanding Workshop",
    "SLT": "IEEE Spoken Language Technology Workshop",
    "HPCA": "IEEE International Symposium on High-Performance Computer Architecture",
    "ISCA": "ACM/IEEE International Symposium on Computer Architecture",
    "MICRO": "IEEE/ACM International Symposium on Microarchitecture",
    "ICDM": "IEEE International Conference on Data Mining",
    "ICDE": "IEEE International Conference on Data Engineering",
    "ICSE": "IEEE/ACM International Conference on Software Engineering",
    "SP": "IEEE Symposium on Security and Privacy",
}
"""Conferences by the short form in a DOI of the IEEE (`10.1109/CVPR.2016.90`)."""

IEEE_JOURNALS = {
    "TPAMI": "IEEE Transactions on Pattern Analysis and Machine Intelligence",
    "TNNLS": "IEEE Transactions on Neural Networks and Learning Systems",
    "TASLP": "IEEE/ACM Transactions on Audio, Speech, and Language Processing",
    "TKDE": "IEEE Transactions on Knowledge and Data Engineering",
    "TIP": "IEEE Transactions on Image Processing",
    "TIT": "IEEE Transactions on Information Theory",
    "JPROC": "Proceedings of the IEEE",
    "MSP": "IEEE Signal Processing Magazine",
    "LRA": "IEEE Robotics and Automation Letters",
    "ACCESS": "IEEE Access",
}
"""Journals by the short form in a DOI of the IEEE; the year in it is that of the manuscript, so it tells no date."""

NATURE_JOURNALS = {
    "s41586": "Nature",
    "s41467": "Nature Communications",
    "s41598": "Scientific Reports",
    "s42256": "Nature Machine Intelligence",
    "s41592": "Nature Methods",
    "s41551": "Nature Biomedical Engineering",
    "s41591": "Nature Medicine",
    "s41597": "Scientific Data",
    "s43588": "Nature Computational Science",
    "s41562": "Nature Human Behaviour",
}
"""Journals by the first part of a DOI of Springer Nature (`10.1038/s41586-021-03819-2`)."""
